namespace Scrip.Files.Parts;

/// <summary>Some rows of a file, as a file of its own: with the captions above them, and the same cells.</summary>
/// <param name="Content">A csv file or a workbook, like the whole file.</param>
/// <param name="Rows">The rows as the whole file numbers them.</param>
/// <param name="HeadRows">The number of rows above the first one, blank ones included.</param>
public sealed record FilePart(ReadOnlyMemory<byte> Content, IReadOnlyList<int> Rows, int HeadRows)
{
    /// <summary>Translates the number of a row.</summary>
    /// <param name="row">A row as the part numbers it, from 1.</param>
    /// <returns>The same row as the whole file numbers it; null for a row that is not in the part.</returns>
    public int? RowOf(int row) => row > HeadRows && row - HeadRows <= Rows.Count ? Rows[row - HeadRows - 1] : null;
}
