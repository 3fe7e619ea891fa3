using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Scrip.Bench.Databases.Limits.Postgres;

/// <summary>
/// PostgreSQL's own load generator with the two statements that a redemption needs at least, in a transaction, with the number of clients
/// that gives the most.
/// </summary>
internal sealed partial class PgBench : IRateLimit
{
    private const string Script = """
        \set id random(1, :certificates)
        begin;
        update certificate set spent = spent + 100, version = version + 1 where site_id = 1 and id = :id;
        insert into entry (site_id, certificate_id, amount, balance_after, created_at) values (1, :id, 100, 0, 1);
        commit;
        """;

    private static readonly int[] ClientCounts = [4, 8, 16, 32];

    private readonly Store store;
    private readonly string program;
    private readonly int certificates;
    private int clients;

    private PgBench(Store store, string program, int certificates)
    {
        this.store = store;
        this.program = program;
        this.certificates = certificates;
    }

    public string Name => $"pgbench, {clients} clients";

    public static async Task<PgBench> OpenAsync(Store store, string program, int certificates, CancellationToken cancellationToken)
    {
        var bench = new PgBench(store, program, certificates);
        await using (var connection = new NpgsqlConnection(store.Setting))
        {
            await connection.OpenAsync(cancellationToken);
            var table = new PostgresTable(connection);
            await table.CreateAsync(cancellationToken);
            await table.CopyAsync(table.NextCodes(certificates), cancellationToken);
        }
        await bench.SettleAsync(cancellationToken);
        await File.WriteAllTextAsync(store.Folder.File("redeem.sql"), Script, cancellationToken);
        await bench.FindBestAsync(cancellationToken);
        return bench;
    }

    public Task SettleAsync(CancellationToken cancellationToken) => store.SettleAsync(cancellationToken);

    public Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken) => RunAsync(clients, duration, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task FindBestAsync(CancellationToken cancellationToken)
    {
        var best = 0.0;
        foreach (var count in ClientCounts)
        {
            var rate = await RunAsync(count, TimeSpan.FromSeconds(2), cancellationToken);
            if (rate > best)
                (best, clients) = (rate, count);
        }
    }

    private async Task<double> RunAsync(int count, TimeSpan duration, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(store.Setting);
        // It counts in whole seconds.
        var seconds = Math.Max(1, (int)Math.Round(duration.TotalSeconds));
        var output = await SystemCommand.RunAsync(
            program,
            [
                "--no-vacuum", "--protocol=prepared", $"--client={count}", "--jobs=2", $"--time={seconds}",
                $"--define=certificates={certificates}", $"--file={store.Folder.File("redeem.sql")}",
                $"--host={target.Host}", $"--port={target.Port}", $"--username={target.Username}", target.Database!,
            ],
            cancellationToken);
        return TransactionsPerSecond().Match(output) is { Success: true } found
            ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new BenchException($"pgbench did not say how many transactions it did.\n{output}");
    }

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex TransactionsPerSecond();
}
