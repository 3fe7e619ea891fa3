using System.Globalization;
using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>The lines above the rows.</summary>
/// <param name="IsNumbered">Whether a line that numbers the columns precedes the captions.</param>
/// <param name="ReasonColumn">
/// The last column, which is not among the captions, of a file in which refused rows came back with the reasons; otherwise -1.
/// </param>
internal sealed record FileHead(IReadOnlyList<string> Captions, bool IsNumbered, int ReasonColumn)
{
    private const int MostTitles = 5;

    /// <summary>The number of rows above the captions with only one cell, such as the title of a list.</summary>
    public int Titles { get; private init; }

    /// <summary>Whether the file begins with its first row, and the captions are those of PW, the one product that may omit them.</summary>
    public bool HasNoCaptions { get; private init; }

    /// <summary>The number of rows above the first one, without blank ones.</summary>
    public int Rows => HasNoCaptions ? 0 : Titles + (IsNumbered ? 2 : 1);

    /// <param name="rows">The rows of the file, before the first. <see cref="RowsBelow"/> goes on from where this stops.</param>
    /// <param name="source">The product that the caller names.</param>
    /// <exception cref="TableException">The file has no captions.</exception>
    public static FileHead Read(IEnumerator<TableRow> rows, string source)
    {
        if (!rows.MoveNext())
            throw Empty();
        var isPw = source == PwFormat.Format.Name;
        if ((isPw || source == FileFormats.Auto) && PwFormat.IsRow(rows.Current, isPw))
        {
            var captions = PwFormat.Format.Columns.Take(rows.Current.Count).Select(column => column.Captions[0]);
            return new([.. captions], IsNumbered: false, ReasonColumn: -1) { HasNoCaptions = true };
        }
        var isNumbered = IsIndexes(rows.Current);
        if (isNumbered && !rows.MoveNext())
            throw Empty();
        var first = CaptionsOf(rows.Current);
        var (found, titles) = (first, 0);
        while (titles < MostTitles && found.Count(caption => caption.Length > 0) == 1 && rows.MoveNext())
        {
            found = CaptionsOf(rows.Current);
            titles++;
        }
        // A file with one column has no title, and the rows do not matter: it is refused for what its captions lack.
        if (found.Count(caption => caption.Length > 0) == 1)
            (found, titles) = (first, 0);
        return found is [.. var own, RefusedRows.Caption]
            ? new(own, isNumbered, ReasonColumn: own.Length) { Titles = titles }
            : new(found, isNumbered, ReasonColumn: -1) { Titles = titles };
    }

    /// <param name="rows">The rows from which the head was read.</param>
    public IEnumerable<TableRow> RowsBelow(IEnumerator<TableRow> rows)
    {
        if (HasNoCaptions)
            yield return rows.Current;
        while (rows.MoveNext())
            yield return rows.Current;
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
