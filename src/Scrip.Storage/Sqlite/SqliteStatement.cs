using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// A prepared statement, used without the objects that ADO.NET creates for each parameter and value: text is passed as UTF-8 in both
/// directions. SQLite's errors are translated here.
/// </summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;

    /// <summary>Null after disposal: SQLite refuses null as misuse, while a freed address could belong to anything.</summary>
    private nint statement;

    private readonly Bound[] bound;

    /// <summary>How many parameters each row has, in an insert of several rows.</summary>
    private readonly int columns;

    /// <summary>The number of parameters before the row that is being bound.</summary>
    private int before;

    private byte[] utf8 = new byte[256];

    /// <param name="rows">How many rows an insert takes, each with the same number of parameters.</param>
    public SqliteStatement(SqliteConnection connection, string sql, int rows = 1)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v2(database, sql, out handle));
        statement = handle.DangerousGetHandle();
        var parameters = raw.sqlite3_bind_parameter_count(handle);
        bound = new Bound[parameters + 1];
        columns = parameters / rows;
    }

    /// <summary>Selects the row whose parameters are bound next. The first of them is 1.</summary>
    public SqliteStatement Row(int row)
    {
        before = row * columns;
        return this;
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        parameter += before;
        // Bindings survive from one run to the next, and rows of a bulk call share many values: a comparison is cheaper than a call.
        if (bound[parameter] == new Bound(IsKnown: true, value))
            return this;
        Check(SqliteNative.BindInteger(statement, parameter, value));
        bound[parameter] = new Bound(IsKnown: true, value);
        return this;
    }

    public SqliteStatement Bind(int parameter, bool value) => Bind(parameter, value ? 1 : 0);

    public SqliteStatement Bind(int parameter, DateTimeOffset value) => Bind(parameter, Microseconds.From(value));

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
            return BindNull(parameter);
        parameter += before;
        bound[parameter] = default;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > utf8.Length)
            utf8 = new byte[most];
        var bytes = Encoding.UTF8.GetBytes(value, utf8);
        fixed (byte* start = utf8)
            Check(SqliteNative.BindText(statement, parameter, start, bytes, SqliteNative.Transient));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlyMemory<byte> value)
    {
        parameter += before;
        bound[parameter] = default;
        // An empty span has no address, and SQLite would bind a null.
        fixed (byte* start = value.IsEmpty ? utf8 : value.Span)
            Check(SqliteNative.BindBlob(statement, parameter, start, value.Length, SqliteNative.Transient));
        return this;
    }

    public SqliteStatement Bind(int parameter, DateTimeOffset? value) =>
        value is { } instant ? Bind(parameter, instant) : BindNull(parameter);

    public SqliteStatement Bind(int parameter, ReadOnlyMemory<byte>? value) =>
        value is { } bytes ? Bind(parameter, bytes) : BindNull(parameter);

    public SqliteStatement Bind(int parameter, long? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    public SqliteStatement BindAny(int parameter, object value) => value switch
    {
        long number => Bind(parameter, number),
        bool truth => Bind(parameter, truth),
        string text => Bind(parameter, text),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be a parameter.", nameof(value)),
    };

    /// <summary>Moves to the next row. Returns false after the last row; the statement is then ready to run again.</summary>
    public bool Step()
    {
        var result = SqliteNative.Step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        Reset();
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        if (Step())
            throw new InvalidOperationException("A statement that is run for its effect returned a row.");
    }

    /// <summary>Runs a statement that changes exactly one row. Any other effect is a defect or a manual change of the file.</summary>
    public void RunOnOne()
    {
        Run();
        if (raw.sqlite3_changes(database) is var changed and not 1)
            throw new InvalidOperationException($"A statement that changes one row changed {changed}.");
    }

    /// <summary>Releases the statement's hold on the database and makes it ready to run again. Bindings stay.</summary>
    public void Reset() => _ = SqliteNative.Reset(statement);

    public long Integer(int column) => SqliteNative.Integer(statement, column);

    public long? OptionalInteger(int column) => SqliteNative.Type(statement, column) == raw.SQLITE_NULL ? null : Integer(column);

    public bool Boolean(int column) => Integer(column) != 0;

    public DateTimeOffset Instant(int column) => Microseconds.ToInstant(Integer(column));

    public DateTimeOffset? OptionalInstant(int column) =>
        SqliteNative.Type(statement, column) == raw.SQLITE_NULL ? null : Instant(column);

    /// <summary>A text as UTF-8, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => SqliteNative.Bytes(statement, column);

    public string? OptionalText(int column) => SqliteNative.Type(statement, column) == raw.SQLITE_NULL ? null : Text(column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose()
    {
        statement = 0;
        handle.Dispose();
    }

    private SqliteStatement BindNull(int parameter)
    {
        parameter += before;
        if (bound[parameter] == new Bound(IsKnown: true, Integer: null))
            return this;
        Check(SqliteNative.BindNull(statement, parameter));
        bound[parameter] = new Bound(IsKnown: true, Integer: null);
        return this;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw SqliteFaults.From(result, database);
    }

    /// <summary>The last value bound to a parameter, if it was an integer or null.</summary>
    private readonly record struct Bound(bool IsKnown, long? Integer);
}
