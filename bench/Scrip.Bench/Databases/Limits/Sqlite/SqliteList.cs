using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scrip.Bench.Databases.Limits.Sqlite;

internal sealed class SqliteList : IListLimit
{
    public string Name => "reader to JSON";

    public Task<double> RunAsync(Store store, int expectedRows, CancellationToken cancellationToken)
    {
        using var database = new RawSqlite(new SqliteConnectionStringBuilder(store.Setting).DataSource);
        database.Execute("pragma query_only = on; pragma wal_autocheckpoint = 0");
        using var row = database.Prepare("select id, code, is_active, value_minor from certificate where site_id = 1 order by id");
        using var json = new JsonRows();
        var start = Stopwatch.GetTimestamp();
        while (raw.sqlite3_step(row) == raw.SQLITE_ROW)
        {
            json.Write(
                raw.sqlite3_column_int64(row, 0),
                raw.sqlite3_column_blob(row, 1),
                raw.sqlite3_column_int64(row, 2) != 0,
                raw.sqlite3_column_int64(row, 3));
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (json.Count != expectedRows)
            throw new BenchException($"The limit read {json.Count:N0} certificates instead of {expectedRows:N0}.");
        return Task.FromResult(json.Bytes / seconds);
    }
}
