namespace Scrip.Storage.Sqlite;

/// <summary>Rows that were read from a statement and are kept apart from it.</summary>
internal interface ISqliteBatch<TRow>
    where TRow : allows ref struct
{
    int Count { get; }

    /// <summary>Bytes that it keeps beside the rows themselves.</summary>
    int Bytes { get; }

    TRow this[int at] { get; }

    /// <summary>Adds the row at which the statement is.</summary>
    void Add(SqliteStatement row);

    void Clear();
}

/// <summary>Rows that hold nothing of the statement's.</summary>
internal sealed class SqliteBatch<TRow>(Func<SqliteStatement, TRow> read) : ISqliteBatch<TRow>
{
    private readonly List<TRow> rows = [];

    public int Count => rows.Count;
    public int Bytes => 0;
    public TRow this[int at] => rows[at];

    public void Add(SqliteStatement row) => rows.Add(read(row));

    public void Clear() => rows.Clear();
}
