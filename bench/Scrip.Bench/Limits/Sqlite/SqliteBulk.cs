using System.Diagnostics;
using Scrip.Bench.Certificates;
using Scrip.Bench.Databases;
using SQLitePCL;

namespace Scrip.Bench.Limits.Sqlite;

/// <summary>
/// One prepared statement in a loop: inside the process that is faster than a statement for the whole set, which has to be given its rows
/// too.
/// </summary>
internal sealed class SqliteBulk(DataFolder folder) : IBulkLimit
{
    private readonly SqliteTable table = new(folder.File("bulk.db"));
    private int round;

    public string InsertName => "prepared inserts";

    public string UpdateName => "prepared updates";

    public Task<double> InsertAsync(int count, CancellationToken cancellationToken)
    {
        var codes = table.NextCodes(count);
        var start = Stopwatch.GetTimestamp();
        table.Insert(codes);
        return Task.FromResult(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public Task<double> UpdateAsync(int count, CancellationToken cancellationToken)
    {
        round++;
        var start = Stopwatch.GetTimestamp();
        table.Database.Execute("begin immediate");
        using var update = table.Database.Prepare(
            "update certificate set value_minor = ?1, version = version + 1, updated_at = ?2, last_entry_id = ?3 where site_id = 1 and id = ?3");
        for (var id = 1; id <= count; id++)
        {
            raw.sqlite3_bind_int64(update, 1, FaceValues.Of(id, round) * 100L);
            raw.sqlite3_bind_int64(update, 2, round);
            raw.sqlite3_bind_int64(update, 3, id);
            table.Database.Run(update);
        }
        table.Database.Execute("commit");
        return Task.FromResult(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public ValueTask DisposeAsync()
    {
        table.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
