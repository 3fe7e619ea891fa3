namespace Scrip.Files.Tables;

/// <summary>
/// Writes a table cell by cell into the buffer with which it was created. Between two rows the caller may send the buffered bytes and clear
/// the buffer: however long the table becomes, the writer itself only keeps a small piece.
/// </summary>
public interface ITableWriter : IDisposable
{
    /// <summary>Begins the table. Call it first, and once.</summary>
    void WriteCaptions(ReadOnlySpan<string> captions);

    /// <summary>Writes a text that is never converted to a number, a date or a formula.</summary>
    void Write(ReadOnlySpan<byte> utf8);

    /// <summary>Writes a text; null writes an empty cell.</summary>
    void Write(string? text);

    void Write(long number);

    void Write(bool value);

    /// <summary>Writes an instant, shown in the writer's time zone.</summary>
    void Write(DateTimeOffset instant);

    /// <param name="minor">The amount in the currency's minor unit.</param>
    /// <param name="digits">The digits of the minor unit, all of which are shown.</param>
    void WriteAmount(long minor, int digits);

    void WriteEmpty();

    void EndRow();

    /// <summary>Writes the end of the file. A file without it is broken, so that half a table never looks like a whole one.</summary>
    void Complete();
}
