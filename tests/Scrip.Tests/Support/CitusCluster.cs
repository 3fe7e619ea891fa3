using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Scrip.Storage;

namespace Scrip.Tests.Support;

/// <summary>
/// Databases on an existing Citus cluster. <c>SCRIP_TEST_POSTGRES</c> names a database on its coordinator that has the extension and knows
/// the workers; its role may create databases and the extension, on all nodes with the same name and password.
/// </summary>
internal sealed class CitusCluster
{
    private static readonly ConcurrentDictionary<string, Lazy<CitusCluster>> Known = new();
    private static int made;

    private readonly NpgsqlConnectionStringBuilder coordinator;
    private readonly List<NpgsqlConnectionStringBuilder> workers;
    private readonly ConcurrentDictionary<(string Currency, string TimeZone), Lazy<string>> templates = new();

    private CitusCluster(string server)
    {
        coordinator = new NpgsqlConnectionStringBuilder(server);
        workers =
        [
            .. Ask(coordinator, "select nodename || ' ' || nodeport from pg_dist_node where groupid <> 0 and noderole = 'primary' order by nodeid")
                .Select(node => node.Split(' '))
                .Select(node => new NpgsqlConnectionStringBuilder(server)
                {
                    Host = node[0], Port = int.Parse(node[1], CultureInfo.InvariantCulture),
                }),
        ];
        if (workers.Count == 0)
            throw new InvalidOperationException("The database of SCRIP_TEST_POSTGRES knows no workers: select citus_add_node('worker', 5432);");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var template in templates.Values)
                Drop(template.Value);
        };
    }

    public static CitusCluster On(string server) => Known.GetOrAdd(server, new Lazy<CitusCluster>(() => new CitusCluster(server))).Value;

    /// <summary>
    /// Creates a database, distributed like <c>scrip migrate --distribute citus</c> does, and returns its storage setting.
    /// </summary>
    public string CreateDatabase(string currency, string timeZone)
    {
        var template = templates.GetOrAdd(
            (currency, timeZone), new Lazy<string>(() => CreateTemplate(currency, timeZone), LazyThreadSafetyMode.ExecutionAndPublication)).Value;
        var name = NewName();
        OnEach(node => Ask(node, $"create database {name} template {template}"));
        return In(coordinator, name).ConnectionString;
    }

    public void DropDatabase(string storage) => Drop(new NpgsqlConnectionStringBuilder(storage).Database!);

    /// <summary>
    /// Creates a template. Creating and distributing the tables takes seconds; copying all nodes' databases takes a fraction of one.
    /// </summary>
    private string CreateTemplate(string currency, string timeZone)
    {
        var name = NewName();
        OnEach(node =>
        {
            Ask(node, $"create database {name} encoding 'UTF8' template template0");
            Ask(In(node, name), "create extension citus");
        });
        var database = In(coordinator, name);
        Ask(database, $"select citus_set_coordinator_host('{coordinator.Host}', {coordinator.Port})");
        foreach (var worker in workers)
            Ask(database, $"select citus_add_node('{worker.Host}', {worker.Port})");
        Migrations.Run(
            new StoreSettings(database.ConnectionString, currency, timeZone), Distribution.Citus, Instants.Start, done: static _ => { });
        OnEach(node =>
        {
            Ask(node, $"alter database {name} allow_connections false");
            Ask(node, $"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'");
        });
        return name;
    }

    private void Drop(string name) => OnEach(node =>
    {
        try
        {
            Ask(node, $"drop database if exists {name} with (force)");
        }
        catch (PostgresException inUse) when (inUse.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            // A background worker of Citus has reconnected in the meantime, so the database stays.
        }
    });

    private void OnEach(Action<NpgsqlConnectionStringBuilder> step)
    {
        foreach (var node in workers.Prepend(coordinator))
            step(node);
    }

    private static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"scrip_{Environment.ProcessId}_{Interlocked.Increment(ref made)}");

    private static NpgsqlConnectionStringBuilder In(NpgsqlConnectionStringBuilder node, string database) =>
        new(node.ConnectionString) { Database = database };

    private static List<string> Ask(NpgsqlConnectionStringBuilder database, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        using var row = command.ExecuteReader();
        var answers = new List<string>();
        while (row.Read())
            answers.Add(Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!);
        return answers;
    }
}
