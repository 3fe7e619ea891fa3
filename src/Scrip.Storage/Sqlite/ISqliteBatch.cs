namespace Scrip.Storage.Sqlite;

/// <summary>Rows that were read from a statement and no longer depend on the statement.</summary>
internal interface ISqliteBatch<TRow>
    where TRow : allows ref struct
{
    int Count { get; }

    /// <summary>The bytes that the batch stores in addition to the rows themselves.</summary>
    int Bytes { get; }

    TRow this[int at] { get; }

    /// <summary>Adds a row.</summary>
    void Add(SqliteRow row);

    void Clear();
}

/// <summary>Rows without references to the statement.</summary>
internal sealed class SqliteBatch<TRow>(Func<SqliteRow, TRow> read) : ISqliteBatch<TRow>
{
    private readonly List<TRow> rows = [];

    public int Count => rows.Count;
    public int Bytes => 0;
    public TRow this[int at] => rows[at];

    public void Add(SqliteRow row) => rows.Add(read(row));

    public void Clear() => rows.Clear();
}
