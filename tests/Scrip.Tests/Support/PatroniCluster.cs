using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Scrip.Tests.Support;

/// <summary>
/// Three PostgreSQL servers under Patroni, with an etcd, set up as in docs/operating/patroni.md. Patroni is Debian's, or the executable
/// that <c>SCRIP_TEST_PATRONI</c> names.
/// </summary>
public sealed class PatroniCluster : IDisposable
{
    /// <summary>
    /// Patroni before 3.0.3, when it wakes up, takes the leader's key in etcd 3 from any holder; with etcd's older API it asks first.
    /// </summary>
    private static readonly Version FirstSafeWithEtcd3 = new(3, 0, 3);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string folder = PostgresUser.MakeFolder();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limit };
    private readonly List<PatroniNode> nodes = [];
    private readonly int etcd;
    private readonly int etcdPort = PostgresUser.FreePort();

    private PatroniCluster(string version)
    {
        Version = version;
        var (listen, peers) = (Url(etcdPort), Url(PostgresUser.FreePort()));
        etcd = PostgresUser.Start(
            Path.Combine(folder, "etcd.log"), PostgresUser.Find("etcd")!, "--name", "etcd", "--data-dir", Path.Combine(folder, "etcd"),
            "--listen-client-urls", listen, "--advertise-client-urls", listen, "--listen-peer-urls", peers,
            "--initial-advertise-peer-urls", peers, "--initial-cluster", $"etcd={peers}", "--enable-v2=true");
    }

    /// <summary>What is missing for a cluster; null if nothing is.</summary>
    public static string? FindMissing() => PostgresServer.FindMissing()
        ?? (Executable is null ? "Patroni is not installed (Debian: patroni)" : null)
        ?? (PostgresUser.Find("etcd") is null ? "etcd is not installed (Debian: etcd-server)" : null);

    /// <summary>The storage setting of its database postgres, with all hosts.</summary>
    public string Storage => new NpgsqlConnectionStringBuilder
    {
        Host = string.Join(',', nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}"))),
        Username = "postgres",
        Database = "postgres",
    }.ConnectionString;

    /// <summary>The version of Patroni.</summary>
    public string Version { get; }

    /// <summary>Returns when the cluster has a leader and two standbys, one of them synchronous.</summary>
    public static async Task<PatroniCluster> StartAsync()
    {
        var version = await SystemCommand.ReadAsync(Executable ?? throw new InvalidOperationException(FindMissing()), "--version");
        var cluster = new PatroniCluster(version.Trim().Split(' ')[^1]);
        try
        {
            for (var at = 1; at <= 3; at++)
                cluster.nodes.Add(cluster.Make($"node{at}"));
            await cluster.UntilCompleteAsync();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public async Task<PatroniNode> LeaderAsync() =>
        await FindAsync("leader") ?? throw new InvalidOperationException("There is no leader.");

    /// <summary>Waits for another leader than before, which may not have been promoted yet.</summary>
    public async Task UntilAnotherLeadsAsync(PatroniNode before)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await FindAsync("leader") is not { } leader || leader == before)
            await Task.Delay(100, limit.Token);
    }

    /// <summary>Waits until all three servers work and a standby is synchronous.</summary>
    public async Task UntilCompleteAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await MembersAsync() is not { } members || members.Count != nodes.Count || !members.All(IsWell)
            || !members.Any(member => Text(member, "role") == "sync_standby"))
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException(string.Concat(nodes.Select(node => File.ReadAllText(node.Log))));
            await Task.Delay(200, CancellationToken.None);
        }

        static bool IsWell(JsonElement member) => Text(member, "state") is "running" or "streaming";
    }

    /// <summary>Makes the synchronous standby the leader, as <c>patronictl switchover</c> does.</summary>
    public async Task SwitchOverAsync()
    {
        var leader = await LeaderAsync();
        var candidate = await FindAsync("sync_standby");
        using var body = new StringContent($$"""{"leader":"{{leader.Name}}","candidate":"{{candidate!.Name}}"}""");
        using var response = await client.PostAsync(leader.Rest + "/switchover", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        foreach (var node in nodes)
            node.Kill();
        Signal.Send("KILL", etcd);
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string? Executable =>
        Environment.GetEnvironmentVariable("SCRIP_TEST_PATRONI") is { Length: > 0 } given ? given : PostgresUser.Find("patroni");

    private PatroniNode Make(string name)
    {
        var api = System.Version.Parse(Version) < FirstSafeWithEtcd3 ? "etcd" : "etcd3";
        var (port, rest) = (PostgresUser.FreePort(), PostgresUser.FreePort());
        var node = new PatroniNode(name, port, Url(rest), Path.Combine(folder, name), Executable!);
        File.WriteAllText(node.Settings, string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            scope: scrip
            name: {{name}}
            restapi:
              listen: 127.0.0.1:{{rest}}
              connect_address: 127.0.0.1:{{rest}}
            {{api}}:
              host: 127.0.0.1:{{etcdPort}}
            {{Documented()}}
              initdb:
                - encoding: UTF8
                - locale: C
            postgresql:
              listen: 127.0.0.1:{{port}}
              connect_address: 127.0.0.1:{{port}}
              data_dir: {{node.Data}}
              remove_data_directory_on_rewind_failure: true
              remove_data_directory_on_diverged_timelines: true
              bin_dir: {{PostgresServer.Programs()}}
              pgpass: {{Path.Combine(folder, name + ".pass")}}
              parameters:
                unix_socket_directories: {{folder}}
              pg_hba:
                - local all all trust
                - host all all 127.0.0.1/32 trust
                - host replication all 127.0.0.1/32 trust
              authentication:
                superuser:
                  username: postgres
                replication:
                  username: postgres
            """));
        node.Start();
        return node;
    }

    /// <summary>The part of the configuration that the page recommends.</summary>
    private static string Documented() => string.Join('\n', SourceTree.Read("docs/operating/patroni.md").Lines
        .SkipWhile(line => line != "bootstrap:").TakeWhile(line => line != "```"));

    private async Task<PatroniNode?> FindAsync(string role) =>
        await MembersAsync() is { } members && members.FirstOrDefault(member => Text(member, "role") == role) is { ValueKind: JsonValueKind.Object } found
            ? nodes.Single(node => node.Name == Text(found, "name"))
            : null;

    /// <summary>The members as any of them sees them; null while none responds.</summary>
    private async Task<IReadOnlyList<JsonElement>?> MembersAsync()
    {
        foreach (var node in nodes.Where(node => node.IsRunning))
        {
            try
            {
                var state = await client.GetFromJsonAsync<JsonElement>(node.Rest + "/cluster");
                return [.. state.GetProperty("members").EnumerateArray()];
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException or JsonException)
            {
                // It is starting.
            }
        }
        return null;
    }

    private static string Text(JsonElement member, string name) => member.GetProperty(name).GetString()!;

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
