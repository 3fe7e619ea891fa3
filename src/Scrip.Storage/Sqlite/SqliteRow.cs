namespace Scrip.Storage.Sqlite;

/// <summary>The row to which a statement has stepped.</summary>
internal readonly struct SqliteRow(SqliteStatement statement) : IStoredColumns
{
    public long Integer(int column) => statement.Integer(column);

    public long? OptionalInteger(int column) => statement.OptionalInteger(column);

    public bool Boolean(int column) => statement.Integer(column) != 0;

    public string Text(int column) => statement.Text(column);

    public string? OptionalText(int column) => statement.OptionalText(column);

    public ReadOnlySpan<byte> Utf8(int column) => statement.Bytes(column);

    public byte[] Bytes(int column) => statement.Bytes(column).ToArray();

    public DateTimeOffset Instant(int column) => statement.Instant(column);

    public DateTimeOffset? OptionalInstant(int column) => statement.OptionalInstant(column);
}
