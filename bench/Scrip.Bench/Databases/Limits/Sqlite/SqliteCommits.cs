using System.Diagnostics;
using SQLitePCL;

namespace Scrip.Bench.Databases.Limits.Sqlite;

/// <summary>
/// Changes one certificate, adds one entry, for payments also their own rows, and forces the commit to the disk: a store that commits each
/// write cannot be faster.
/// </summary>
internal sealed class SqliteCommits : IRateLimit
{
    private readonly DataFolder folder;
    private readonly SqliteTable table;
    private readonly int certificates;
    private readonly SqlitePayments? payments;
    private readonly Random random = new(1);
    private long entries;

    public SqliteCommits(DataFolder folder, int certificates, bool ofPayments)
    {
        this.folder = folder;
        this.certificates = certificates;
        table = new(folder.File("commits.db"));
        table.Insert(table.NextCodes(certificates));
        payments = ofPayments ? new(table.Database) : null;
    }

    public string Name => payments is null ? "one commit a write" : "one commit a payment";

    public Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var database = table.Database;
        using var begin = database.Prepare("begin immediate");
        using var update = database.Prepare("update certificate set spent = spent + 100, version = version + 1 where site_id = 1 and id = ?1");
        using var insert = database.Prepare("insert into entry values (1, ?1, ?2, 100, 0, 1)");
        using var commit = database.Prepare("commit");
        var commits = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = random.Next(certificates) + 1;
            database.Run(begin);
            raw.sqlite3_bind_int64(update, 1, id);
            database.Run(update);
            raw.sqlite3_bind_int64(insert, 1, ++entries);
            raw.sqlite3_bind_int64(insert, 2, id);
            database.Run(insert);
            payments?.Insert(id);
            database.Run(commit);
            commits++;
        }
        return Task.FromResult(commits / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public ValueTask DisposeAsync()
    {
        payments?.Dispose();
        table.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
