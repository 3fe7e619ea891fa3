using System.Buffers;

namespace Scrip.Files.Tables;

/// <summary>
/// Protects texts in csv cells from spreadsheets. A cell that begins like a formula is written with an apostrophe, so that a spreadsheet
/// does not run it; the apostrophe at the beginning of a cell is removed on reading.
/// </summary>
internal static class CsvCell
{
    public const char Mark = '\'';

    /// <summary>What Excel shows for a failed formula, and for a value that does not fit its column.</summary>
    private static readonly string[] Errors =
        ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>
    /// Whether a text needs an apostrophe in front. A text that begins with an apostrophe needs another, because reading removes one; one
    /// that looks like what a spreadsheet makes of a failed formula or of a long number would be refused as that.
    /// </summary>
    public static bool NeedsMark(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)Mark or (byte)'=' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..] => true,
        [(byte)'+' or (byte)'-', ..] => !IsNumber(text),
        [(byte)'#', ..] => IsError(System.Text.Encoding.UTF8.GetString(text)),
        [>= (byte)'0' and <= (byte)'9', ..] => text.IndexOf("E+"u8) > 0,
        // The full-width =, +, - and @, which East Asian editions of Excel treat like the ordinary ones.
        [0xEF, 0xBC, 0x9D or 0x8B or 0x8D or 0xA0, ..] => true,
        _ => false,
    };

    public static void Add(TableRow row, ReadOnlySpan<char> cell)
    {
        if (cell is [Mark, ..])
            row.Add(CellKind.Text, cell[1..]);
        else if (cell is ['=', '"', .., '"'] && cell.Length > 2)
            row.Add(CellKind.Text, CsvQuotes.Single(cell[2..^1]));
        else if (cell is ['#', ..] && IsError(cell))
            row.Add(CellKind.Error, cell);
        else
            row.Add(CellKind.Plain, cell);
    }

    private static bool IsError(ReadOnlySpan<char> cell)
    {
        foreach (var error in Errors)
        {
            if (cell.SequenceEqual(error))
                return true;
        }
        return cell.Length > 2 && !cell.ContainsAnyExcept('#');
    }

    /// <summary>A sign, digits, and optionally a point with more digits.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'+' or (byte)'-', .. var unsigned])
            return false;
        var point = unsigned.IndexOf((byte)'.');
        var whole = point < 0 ? unsigned : unsigned[..point];
        return IsDigits(whole) && (point < 0 || IsDigits(unsigned[(point + 1)..]));
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(Digits);
}
