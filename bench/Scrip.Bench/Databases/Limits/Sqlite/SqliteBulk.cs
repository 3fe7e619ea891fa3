using System.Diagnostics;
using Scrip.Bench.Certificates;
using SQLitePCL;

namespace Scrip.Bench.Databases.Limits.Sqlite;

/// <summary>SQLite's fastest ways: prepared inserts, and for changes both one statement for the set and one for each.</summary>
internal sealed class SqliteBulk(DataFolder folder) : IBulkLimit
{
    /// <summary>The set is the body of a bulk-update. Unless it is materialized first, SQLite walks through it for each row.</summary>
    private const string UpdateOfSet = """
        with change as materialized (
            select value ->> 'id' as id, (value ->> 'value') * 100 as value_minor from json_each(?1)
        )
        update certificate
        set value_minor = change.value_minor, version = version + 1, updated_at = ?2, last_entry_id = change.id
        from change
        where site_id = 1 and certificate.id = change.id
        """;

    private const string UpdateOfOne = """
        update certificate
        set value_minor = ?1, version = version + 1, updated_at = ?2, last_entry_id = ?3
        where site_id = 1 and id = ?3
        """;

    private readonly SqliteTable table = new(folder.File("bulk.db"));
    private int round;

    public string InsertName => "prepared inserts";

    /// <summary>Inside the process, one statement for each change is faster: nothing has to be assembled and parsed.</summary>
    public IReadOnlyList<BulkUpdate> Updates => [new("set-wise update", UpdateSetAsync), new("prepared updates", UpdateEachAsync)];

    public Task<double> InsertAsync(int count, CancellationToken cancellationToken)
    {
        var codes = table.NextCodes(count);
        var start = Stopwatch.GetTimestamp();
        table.Insert(codes);
        return Task.FromResult(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public ValueTask DisposeAsync()
    {
        table.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<double> UpdateSetAsync(int count, CancellationToken cancellationToken)
    {
        round++;
        var changes = BulkBodies.Update(first: 1, count, round);
        var start = Stopwatch.GetTimestamp();
        table.Database.Execute("begin immediate");
        using var update = table.Database.Prepare(UpdateOfSet);
        raw.sqlite3_bind_text(update, 1, changes);
        raw.sqlite3_bind_int64(update, 2, round);
        table.Database.Run(update);
        table.Database.Execute("commit");
        return Task.FromResult(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private Task<double> UpdateEachAsync(int count, CancellationToken cancellationToken)
    {
        round++;
        var start = Stopwatch.GetTimestamp();
        table.Database.Execute("begin immediate");
        using var update = table.Database.Prepare(UpdateOfOne);
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
}
