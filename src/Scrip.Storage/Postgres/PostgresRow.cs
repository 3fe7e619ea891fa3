using Npgsql;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>The current row of a reader.</summary>
/// <param name="buffer">Receives texts that are read as UTF-8. The rows of a result share it.</param>
internal readonly struct PostgresRow(NpgsqlDataReader reader, byte[] buffer) : IStoredColumns
{
    private const int MostBytesOfCode = CertificateCode.MaxCharacters * 4;

    /// <summary>All rows of the reader, one after another.</summary>
    public static PostgresRow Of(NpgsqlDataReader reader) => new(reader, new byte[MostBytesOfCode]);

    public long Integer(int column) => reader.GetInt64(column);

    public long? OptionalInteger(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public bool Boolean(int column) => reader.GetBoolean(column);

    public string Text(int column) => reader.GetString(column);

    public string? OptionalText(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public ReadOnlySpan<byte> Utf8(int column) => buffer.AsSpan(0, (int)reader.GetBytes(column, 0, buffer, 0, buffer.Length));

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public DateTimeOffset Instant(int column) => Microseconds.ToInstant(reader.GetInt64(column));

    public DateTimeOffset? OptionalInstant(int column) => reader.IsDBNull(column) ? null : Instant(column);
}
