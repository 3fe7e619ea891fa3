using Microsoft.Data.Sqlite;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Sqlite;

/// <summary>A connection with its prepared statements. Used by one caller at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How many list statements are kept. Lists come in many shapes, and further ones are prepared for a single use.</summary>
    private const int MaxKeptShapes = 32;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> named = [];
    private readonly Dictionary<(string Name, int Rows), SqliteStatement> inserts = [];
    private readonly Dictionary<string, SqliteStatement> shapes = [];

    /// <summary>Cancelled when the current read is no longer wanted.</summary>
    private CancellationToken stop;

    static SqliteSession()
    {
        // A session is used by one caller at a time. SQLite's own lock around each call of a connection would protect nothing, and costs a
        // quarter of a bulk update. SQLite refuses this setting, without harm, if something else in the process has already used SQLite.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        // SQLite takes a lock at each allocation to count its memory, and nothing here reads that count.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
        SqliteLogFile.Register();
    }

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>False while a transaction is open or a statement is between two of its rows.</summary>
    public bool IsIdle => SqliteNative.HasNoTransaction(connection.Handle!);

    /// <summary>Opens the only connection that writes.</summary>
    public static SqliteSession OpenWriter(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, session =>
    {
        // Before any setting, because the journal mode is written into the file.
        SqliteMigrations.RefuseForeign(session, path);
        session.Execute("pragma journal_mode = wal");
        session.Execute("pragma synchronous = full");
        // 16 MiB of pages. With fewer, random keys in an index cost reads; with more, a commit that has split a page searches through them
        // all.
        session.Execute("pragma cache_size = -16384");
        session.Execute("pragma wal_autocheckpoint = 0");
        session.Execute("pragma journal_size_limit = 268435456");
        // For migrations.
        session.connection.CreateFunction("fold_code", (string code) => CertificateCode.Fold(code), isDeterministic: true);
    }, SqliteLogFile.FileSystem);

    /// <summary>
    /// Opens the connection for <see cref="SqliteCheckpoints"/>. Like the writer, it waits for the disk to confirm its writes.
    /// </summary>
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

    /// <summary>Opens a file that another process may be serving. The file is not created, written or checkpointed.</summary>
    public static SqliteSession OpenReadOnly(string path) => Open(path, SqliteOpenMode.ReadOnly, static session => session.LookForStop());

    /// <summary>Lets cancellation end statements with <see cref="OperationCanceledException"/> until the result is disposed.</summary>
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
            statement = new SqliteStatement(connection, SqlFiles.Statement("Sqlite", name));
            named.Add(name, statement);
        }
        return statement;
    }

    /// <summary>Returns the named insert, extended to take the given number of rows in one run.</summary>
    public SqliteStatement Insert(int rows, string name)
    {
        if (!inserts.TryGetValue((name, rows), out var statement))
        {
            statement = new SqliteStatement(connection, InsertOf(rows, SqlFiles.Statement("Sqlite", name)), rows);
            inserts.Add((name, rows), statement);
        }
        return statement;
    }

    /// <summary>Returns the statement of a list with its values. Return it with <see cref="Release"/>.</summary>
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

    /// <summary>Runs several statements on one state.</summary>
    public T InSnapshot<T>(Func<T> read)
    {
        Named("snapshot_begin").Run();
        try
        {
            return read();
        }
        finally
        {
            Named("transaction_rollback").Run();
        }
    }

    /// <summary>Runs text of the program itself: pragmas, transaction statements and migrations.</summary>
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

    /// <summary>Returns how many pages this connection has written since the last call.</summary>
    public int TakePagesWritten()
    {
        _ = SQLitePCL.raw.sqlite3_db_status(connection.Handle, SQLitePCL.raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>
    /// Copies as much of the write-ahead log into the file as possible without waiting for readers of an older state. Nothing is lost if it
    /// fails: an obstacle such as a full disk also stops a later commit, which reports it.
    /// </summary>
    public (bool IsWhole, int Pages, int PagesInLog) Checkpoint()
    {
        var result = SQLitePCL.raw.sqlite3_wal_checkpoint_v2(
            connection.Handle, "main", SQLitePCL.raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var done);
        return (result == SQLitePCL.raw.SQLITE_OK && logged == done, done, logged);
    }

    /// <summary>Forces the database file to the disk.</summary>
    public bool ForceFile() => SqliteNative.ForceFile(connection.Handle!) == SQLitePCL.raw.SQLITE_OK;

    public void Dispose()
    {
        foreach (var statement in named.Values.Concat(inserts.Values).Concat(shapes.Values))
            statement.Dispose();
        connection.Dispose();
    }

    /// <remarks>
    /// It does not use <c>sqlite3_interrupt</c>, which has no effect before the first step of a statement
    /// (https://sqlite.org/c3ref/interrupt.html).
    /// </remarks>
    private void LookForStop()
    {
        // About ten times per millisecond.
        const int instructions = 4096;
        SQLitePCL.raw.sqlite3_progress_handler(
            connection.Handle, instructions, static session => ((SqliteSession)session).stop.IsCancellationRequested ? 1 : 0, this);
    }

    /// <summary><c>insert … values ($1, $2)</c> for two rows: <c>insert … values ($1, $2), ($3, $4)</c>.</summary>
    private static string InsertOf(int rows, string ofOneRow)
    {
        var values = ofOneRow.LastIndexOf('(');
        var columns = ofOneRow.AsSpan(values).Count('$');
        return ofOneRow[..values] + string.Join(", ", Enumerable.Range(0, rows).Select(row => Parameters(row * columns + 1)));

        string Parameters(int first) => $"({string.Join(", ", Enumerable.Range(first, columns).Select(number => $"${number}"))})";
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
