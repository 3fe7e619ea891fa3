using System.Globalization;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>The lines above the rows.</summary>
/// <param name="IsNumbered">Whether a line that numbers the columns precedes the captions.</param>
internal sealed record FileHead(IReadOnlyList<string> Captions, bool IsNumbered)
{
    /// <summary>Reads the head and leaves the enumerator at the first row below it.</summary>
    /// <exception cref="TableException">The file has no captions.</exception>
    public static FileHead Read(IEnumerator<TableRow> rows)
    {
        if (!rows.MoveNext())
            throw Empty();
        var isNumbered = IsIndexes(rows.Current);
        if (isNumbered && !rows.MoveNext())
            throw Empty();
        return new(CaptionsOf(rows.Current), isNumbered);
    }

    private static TableException Empty() => new(ImportFault.Empty, "The file has no rows.");

    /// <summary>Whether the row is 0, 1, 2 … in cells, or in a single cell if another separator is between them.</summary>
    private static bool IsIndexes(TableRow row)
    {
        var texts = row.Count == 1 || row.KindOf(1) == CellKind.Empty ? row.TextOf(0).ToString().Split(',') : Texts(row);
        return texts.Length > 1 && !texts.Where((text, place) => text != place.ToString(CultureInfo.InvariantCulture)).Any();
    }

    private static string[] CaptionsOf(TableRow row)
    {
        var captions = Texts(row);
        return captions[..(Array.FindLastIndex(captions, caption => caption.Length > 0) + 1)];
    }

    private static string[] Texts(TableRow row) =>
        [.. Enumerable.Range(0, row.Count).Select(column => row.TextOf(column).Trim().ToString())];
}
