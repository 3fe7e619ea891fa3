using Microsoft.Data.Sqlite;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one caller at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Lists come in many shapes; beyond these their statements are made for one use.</summary>
    private const int MaxKeptShapes = 32;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> named = [];
    private readonly Dictionary<(string Name, int Rows), SqliteStatement> inserts = [];
    private readonly Dictionary<string, SqliteStatement> shapes = [];

    /// <summary>When what is being read is not wanted any more.</summary>
    private CancellationToken stop;

    static SqliteSession()
    {
        // A session is used by one caller at a time: SQLite's own lock around each call of a connection would guard nothing, and costs a
        // quarter of a bulk update. Refused, without harm, where something else in the process was first to use SQLite.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        // Nobody asks how much memory it has, for which it would take a lock at each allocation.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
        SqliteLogFile.Register();
    }

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>False while a transaction is open, or a statement is between two of its rows.</summary>
    public bool IsIdle => SqliteNative.HasNoTransaction(connection.Handle!);

    /// <summary>The one connection that writes.</summary>
    public static SqliteSession OpenWriter(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, session =>
    {
        // Before anything is set: the journal mode is written into the file.
        SqliteMigrations.RefuseForeign(session, path);
        session.Execute("pragma journal_mode = wal");
        session.Execute("pragma synchronous = full");
        // 16 MiB of pages: fewer, and random keys in an index cost reads; more, and a commit that has split a page looks through them all.
        session.Execute("pragma cache_size = -16384");
        session.Execute("pragma wal_autocheckpoint = 0");
        session.Execute("pragma journal_size_limit = 268435456");
        // For migrations.
        session.connection.CreateFunction("fold_code", (string code) => CertificateCode.Fold(code), isDeterministic: true);
    }, SqliteLogFile.FileSystem);

    /// <summary>For <see cref="SqliteCheckpoints"/>: like the writer it has the disk confirm what it writes.</summary>
    public static SqliteSession OpenCheckpointer(string path) => Open(path, SqliteOpenMode.ReadWrite, session =>
    {
        session.Execute("pragma synchronous = full");
        session.Execute("pragma wal_autocheckpoint = 0");
    });

    public static SqliteSession OpenReader(string path) => Open(path, SqliteOpenMode.ReadWrite, session =>
    {
        session.Execute("pragma query_only = on");
        session.Execute("pragma wal_autocheckpoint = 0");
        session.LookForStop();
    });

    /// <summary>For a file that another process may be serving: it is not created, written or checkpointed.</summary>
    public static SqliteSession OpenReadOnly(string path) => Open(path, SqliteOpenMode.ReadOnly, static session => session.LookForStop());

    /// <summary>Until the result is disposed of, cancellation ends statements with <see cref="OperationCanceledException"/>.</summary>
    public Stoppable StopWhen(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        stop = cancellationToken;
        return new Stoppable(this);
    }

    public SqliteStatement Named(string name)
    {
        if (!named.TryGetValue(name, out var statement))
        {
            statement = new SqliteStatement(connection, SqlFiles.Read($"Sqlite/Sql/{name}"));
            named.Add(name, statement);
        }
        return statement;
    }

    /// <summary>The named insert, made to take so many rows with one run.</summary>
    public SqliteStatement Insert(int rows, string name)
    {
        if (!inserts.TryGetValue((name, rows), out var statement))
        {
            statement = new SqliteStatement(connection, InsertOf(rows, SqlFiles.Read($"Sqlite/Sql/{name}")), rows);
            inserts.Add((name, rows), statement);
        }
        return statement;
    }

    /// <summary>The statement of a list, with its values; hand it back by <see cref="Release"/>.</summary>
    public SqliteStatement Shaped(long siteId, ComposedQuery query)
    {
        if (!shapes.TryGetValue(query.Text, out var statement))
        {
            statement = new SqliteStatement(connection, query.Text);
            if (shapes.Count < MaxKeptShapes)
                shapes.Add(query.Text, statement);
        }
        statement.Bind(1, siteId);
        for (var at = 0; at < query.Values.Count; at++)
            statement.BindAny(at + 2, query.Values[at]);
        return statement;
    }

    public void Release(SqliteStatement shaped)
    {
        if (shapes.ContainsValue(shaped) || named.ContainsValue(shaped))
            shaped.Reset();
        else
            shaped.Dispose();
    }

    /// <summary>For pragmas, transaction words and migrations: text of the program itself.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes a constant or an embedded file.
        command.CommandText = sql;
#pragma warning restore CA2100
        Translated(() => command.ExecuteNonQuery());
    }

    public string Pragma(string name)
    {
        using var statement = new SqliteStatement(connection, $"pragma {name}");
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Pages that this connection has written since this was last asked.</summary>
    public int TakePagesWritten()
    {
        _ = SQLitePCL.raw.sqlite3_db_status(connection.Handle, SQLitePCL.raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>
    /// Brings as much of the write-ahead log into the file as nobody reads in an older state, and waits for nobody. Nothing is lost when it
    /// fails: what is in its way, a full disk say, is in the way of a later commit too, which says so.
    /// </summary>
    public (bool IsWhole, int Pages, int PagesInLog) Checkpoint()
    {
        var result = SQLitePCL.raw.sqlite3_wal_checkpoint_v2(
            connection.Handle, "main", SQLitePCL.raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var done);
        return (result == SQLitePCL.raw.SQLITE_OK && logged == done, done, logged);
    }

    /// <summary>Forces what was written to the database file to the disk.</summary>
    public bool ForceFile() => SqliteNative.ForceFile(connection.Handle!) == SQLitePCL.raw.SQLITE_OK;

    public void Dispose()
    {
        foreach (var statement in named.Values.Concat(inserts.Values).Concat(shapes.Values))
            statement.Dispose();
        connection.Dispose();
    }

    /// <remarks>
    /// Not by <c>sqlite3_interrupt</c>: before the first step of a statement that is forgotten (https://sqlite.org/c3ref/interrupt.html).
    /// </remarks>
    private void LookForStop()
    {
        // About ten times in a millisecond.
        const int instructions = 4096;
        SQLitePCL.raw.sqlite3_progress_handler(
            connection.Handle, instructions, static session => ((SqliteSession)session).stop.IsCancellationRequested ? 1 : 0, this);
    }

    /// <summary><c>insert … values (?1, ?2)</c> for two rows: <c>insert … values (?1, ?2), (?3, ?4)</c>.</summary>
    private static string InsertOf(int rows, string ofOneRow)
    {
        var values = ofOneRow.LastIndexOf('(');
        var columns = ofOneRow.AsSpan(values).Count('?');
        return ofOneRow[..values] + string.Join(", ", Enumerable.Range(0, rows).Select(row => Parameters(row * columns + 1)));

        string Parameters(int first) => $"({string.Join(", ", Enumerable.Range(first, columns).Select(number => $"?{number}"))})";
    }

    private static SqliteSession Open(string path, SqliteOpenMode mode, Action<SqliteSession> configure, string? fileSystem = null)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, Vfs = fileSystem }.ToString();
        var session = new SqliteSession(new SqliteConnection(text));
        try
        {
            Translated(session.connection.Open);
            session.Execute("pragma busy_timeout = 5000");
            configure(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Translated(Action step)
    {
        try
        {
            step();
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.From(fault);
        }
    }

    internal readonly struct Stoppable(SqliteSession session) : IDisposable
    {
        public void Dispose() => session.stop = CancellationToken.None;
    }
}
