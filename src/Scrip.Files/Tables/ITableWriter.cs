namespace Scrip.Files.Tables;

/// <summary>
/// Writes a table cell by cell into the buffer that it was made with. Between two rows the caller may send what the buffer holds and empty
/// it: however long the table becomes, the writer itself keeps only a small piece.
/// </summary>
public interface ITableWriter : IDisposable
{
    /// <summary>Begins the table. Call it once, first.</summary>
    void WriteCaptions(ReadOnlySpan<string> captions);

    /// <summary>A text, never taken for a number, a date or a formula.</summary>
    void Write(ReadOnlySpan<byte> utf8);

    /// <summary>A text, or an empty cell.</summary>
    void Write(string? text);

    void Write(long number);

    void Write(bool value);

    /// <summary>A point in time, shown in the writer's time zone.</summary>
    void Write(DateTimeOffset instant);

    /// <param name="minor">In the currency's minor unit.</param>
    /// <param name="digits">Of the minor unit: all are shown.</param>
    void WriteAmount(long minor, int digits);

    void WriteEmpty();

    void EndRow();

    /// <summary>Writes what ends the file. Without it the file is broken, so that half a table never looks like a whole one.</summary>
    void Complete();
}
