namespace Scrip.Storage;

/// <summary>The columns of the current row of a result, numbered from 0 in the order in which its statement names them.</summary>
internal interface IStoredColumns
{
    long Integer(int column);

    long? OptionalInteger(int column);

    bool Boolean(int column);

    string Text(int column);

    string? OptionalText(int column);

    /// <summary>A text as UTF-8. It is valid until the next row, and until the next text that is read this way.</summary>
    ReadOnlySpan<byte> Utf8(int column);

    byte[] Bytes(int column);

    DateTimeOffset Instant(int column);

    DateTimeOffset? OptionalInstant(int column);
}
