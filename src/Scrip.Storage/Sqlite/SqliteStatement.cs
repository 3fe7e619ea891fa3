using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// A prepared statement, spoken to without the objects that ADO.NET makes for each parameter and value: text goes in and comes out as
/// UTF-8. Its faults become ours here.
/// </summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;

    /// <summary>Null after the end: SQLite refuses that as misuse, while the address of what is freed could be anything's.</summary>
    private nint statement;

    private readonly Bound[] bound;

    /// <summary>How many parameters each row has of those that it takes.</summary>
    private readonly int columns;

    /// <summary>Of the row that is being bound, the number before its first parameter.</summary>
    private int before;

    private byte[] utf8 = new byte[256];

    /// <param name="rows">How many an insert takes, each with as many parameters.</param>
    public SqliteStatement(SqliteConnection connection, string sql, int rows = 1)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v2(database, sql, out handle));
        statement = handle.DangerousGetHandle();
        var parameters = raw.sqlite3_bind_parameter_count(handle);
        bound = new Bound[parameters + 1];
        columns = parameters / rows;
    }

    /// <summary>What is bound next are the parameters of this row, of which the first is 1.</summary>
    public SqliteStatement Row(int row)
    {
        before = row * columns;
        return this;
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        parameter += before;
        // Bindings stay from one run to the next, and much is the same in every row of a bulk call: a comparison is cheaper than a call.
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
        // No bytes at no address would be a null.
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
        _ => throw new ArgumentException($"A {value.GetType().Name} is no parameter.", nameof(value)),
    };

    /// <summary>Moves to the next row; false, and ready to run again, after the last.</summary>
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

    /// <summary>Runs a statement that answers no rows.</summary>
    public void Run()
    {
        if (Step())
            throw new InvalidOperationException("A statement that is run for its effect answered a row.");
    }

    /// <summary>Runs a statement whose effect is one row. Another effect is a defect, or somebody's hand in the file.</summary>
    public void RunOnOne()
    {
        Run();
        if (raw.sqlite3_changes(database) is var changed and not 1)
            throw new InvalidOperationException($"A statement that changes one row changed {changed}.");
    }

    /// <summary>Ends the statement's hold on the database and makes it ready to run again. Bindings stay.</summary>
    public void Reset() => _ = SqliteNative.Reset(statement);

    public long Integer(int column) => SqliteNative.Integer(statement, column);

    public bool Boolean(int column) => Integer(column) != 0;

    public DateTimeOffset Instant(int column) => Microseconds.ToInstant(Integer(column));

    public DateTimeOffset? OptionalInstant(int column) =>
        SqliteNative.Type(statement, column) == raw.SQLITE_NULL ? null : Instant(column);

    /// <summary>Text as UTF-8, valid until the next step.</summary>
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

    /// <summary>What a parameter is bound to, where that is an integer or null.</summary>
    private readonly record struct Bound(bool IsKnown, long? Integer);
}
