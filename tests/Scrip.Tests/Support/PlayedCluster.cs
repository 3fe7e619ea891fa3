using System.Globalization;
using Npgsql;
using Scrip.Storage;
using Scrip.Storage.Postgres;

namespace Scrip.Tests.Support;

/// <summary>
/// Two PostgreSQL servers that play a Citus cluster, as far as Scrip uses one: each has the catalogue that says where a site is, and its
/// own shards. Sites with odd ids are on the first, which also has the sites and tokens; the others are on the second. They cannot do what
/// Citus does by itself, such as reading on another node.
/// </summary>
public sealed class PlayedCluster : IDisposable
{
    private const string Name = "scrip";

    private static string[] Tables => PostgresTables.Distributed;

    private readonly PostgresServer[] servers = [Start(), Start()];

    public PlayedCluster()
    {
        foreach (var server in servers)
        {
            server.Ask($"create database {Name} encoding 'UTF8' template template0");
            Migrations.Run(
                new StoreSettings(server.Setting(Name), "USD", "UTC"), Distribution.None, Instants.Start, done: static _ => { });
            // A node's own table names lead to its shards, as on Citus.
            var here = server == First ? 1 : 0;
            foreach (var table in Tables)
                Ask(server, $"alter table {table} rename to {Shard(table, here)}; create view {table} as select * from {Shard(table, here)}");
            Ask(server, Catalogue());
        }
    }

    public PostgresServer First => servers[0];

    public PostgresServer Second => servers[1];

    public string Storage => First.Setting(Name);

    public static IReadOnlyList<string> Ask(PostgresServer server, string sql)
    {
        using var connection = new NpgsqlConnection(server.Setting(Name) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var row = command.ExecuteReader();
        var answers = new List<string>();
        while (row.Read())
            answers.Add(Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!);
        return answers;
    }

    /// <summary>Moves the shards of the second server to the first, with their rows; the old ones stay for a while.</summary>
    public void MoveAllToFirst()
    {
        foreach (var table in Tables)
        {
            Ask(First, $"create table {Shard(table, 0)} (like {Shard(table, 1)} including all)");
            var rows = Ask(Second, $"select row_to_json(t)::text from {Shard(table, 0)} t");
            foreach (var row in rows)
                Ask(First, $"insert into {Shard(table, 0)} select * from json_populate_record(null::{Shard(table, 0)}, $row${row}$row$)");
            Ask(First, $"create or replace view {table} as select * from {Shard(table, 1)} union all select * from {Shard(table, 0)}");
        }
        foreach (var server in servers)
            Ask(server, "update pg_dist_placement set groupid = 0");
    }

    public void Dispose() => Array.ForEach(servers, server => server.Dispose());

    private static PostgresServer Start() => PostgresServer.Start("log_statement=all", "log_line_prefix=%a:");

    private string Catalogue() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create table pg_dist_node (groupid int, nodename text, nodeport int, noderole text);
        insert into pg_dist_node values (0, '127.0.0.1', {First.Port}, 'primary'), (1, '127.0.0.1', {Second.Port}, 'primary');
        create table pg_dist_local_group as select case when inet_server_port() = {First.Port} then 0 else 1 end as groupid;
        create table pg_dist_partition as select to_regclass(t) as logicalrelid from unnest('{TableArray}'::text[]) t;
        create table pg_dist_shard as
        select p.logicalrelid, 1000 + 10 * array_position('{TableArray}', p.logicalrelid::text) + odd as shardid
        from pg_dist_partition p, generate_series(0, 1) odd;
        create table pg_dist_placement as select shardid, case when shardid % 10 = 1 then 0 else 1 end as groupid from pg_dist_shard;
        create function get_shard_id_for_distribution_column(regclass, bigint) returns bigint language sql as
        $$ select shardid::bigint from pg_dist_shard where logicalrelid = $1 and shardid % 10 = $2 % 2 $$;
        create function lock_shard_metadata(int, bigint[]) returns void language sql as
        $$ select pg_advisory_xact_lock_shared(unnest($2)) $$
        """);

    private static string TableArray => "{" + string.Join(',', Tables) + "}";

    private static string Shard(string table, int odd) => string.Create(
        CultureInfo.InvariantCulture, $"{table}_{1000 + 10 * (Array.IndexOf(Tables, table) + 1) + odd}");
}
