using SQLitePCL;

namespace Scrip.Bench.Databases.Limits.Sqlite;

/// <summary>SQLite's own functions, without ADO.NET and without SQLite's lock around each call: nothing is faster.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly sqlite3 database;

    static RawSqlite() => Batteries_V2.Init();

    public RawSqlite(string path)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        Check(raw.sqlite3_open_v2(path, out database, flags, null));
    }

    public static string Version
    {
        get
        {
            Batteries_V2.Init();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(database, sql));

    public sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement));
        return statement;
    }

    /// <summary>Runs a statement that returns no rows, and makes it ready to run again.</summary>
    public void Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
    }

    public void Dispose() => database.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new BenchException($"SQLite: {result} {(database is null ? "" : raw.sqlite3_errmsg(database).utf8_to_string())}");
    }
}
