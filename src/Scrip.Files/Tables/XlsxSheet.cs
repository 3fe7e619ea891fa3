using System.Globalization;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>The rows of one sheet, one after another.</summary>
internal sealed class XlsxSheet(XmlReader xml, XlsxTexts texts, XlsxDates dates, TableLimits limits)
{
    private readonly XlsxText text = new(limits.MaxCellCharacters);
    private readonly char[] date = new char[32];
    private int lastRow;

    /// <summary>The column of a cell without a reference.</summary>
    private int nextColumn;

    /// <summary>
    /// Whether to remove an apostrophe in front of a text. A csv file may have been saved as a workbook together with its protective
    /// apostrophes; only a workbook that Scrip wrote and nobody changed certainly has none.
    /// </summary>
    public required bool HasMarks { get; init; }

    /// <summary>The type that a cell declares.</summary>
    private enum CellType
    {
        Number,
        SharedText,
        Text,
        Boolean,
        Date,
        Error,
    }

    /// <returns>False after the last row.</returns>
    public bool Read(TableRow row)
    {
        while (xml.Next())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "sheetData")
                return false;
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row")
                continue;
            lastRow = RowNumber();
            row.Begin(lastRow);
            if (!xml.IsEmptyElement)
                ReadCells(row);
            return true;
        }
        return false;
    }

    private int RowNumber()
    {
        var attribute = xml.GetAttribute("r");
        var number = attribute is null ? lastRow + 1
            : int.TryParse(attribute, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        return number > lastRow && number <= TableLimits.SpreadsheetRows ? number
            : throw new TableException(TableFault.BrokenFile, "The rows of the sheet are not in order.", lastRow + 1);
    }

    private void ReadCells(TableRow row)
    {
        var depth = xml.Depth;
        nextColumn = 0;
        while (xml.Next() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
                ReadCell(row);
        }
    }

    private void ReadCell(TableRow row)
    {
        var column = nextColumn;
        var style = 0;
        var type = CellType.Number;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "r")
                column = ColumnOf(xml.Value, row.Number);
            else if (xml.LocalName == "s")
                style = int.TryParse(xml.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            else if (xml.LocalName == "t")
                type = TypeOf(xml.Value);
        }
        xml.MoveToElement();
        nextColumn = column + 1;
        text.Clear();
        if (!xml.IsEmptyElement)
            ReadContent(row, column);
        // A cell with only a style may be far to the right.
        if (text.Value.IsEmpty)
            return;
        if (column >= limits.MaxColumns)
            throw TableException.TooManyColumns(limits, row.Number);
        row.FillTo(column);
        Add(row, type, style);
    }

    private void ReadContent(TableRow row, int column)
    {
        var depth = xml.Depth;
        while (xml.Next() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "is")
            {
                if (!XlsxTexts.TryReadItem(xml, text))
                    throw text.TooLong(row.Number, column);
            }
            else if (xml.LocalName == "v")
            {
                text.Clear();
                if (!text.TryAppend(xml))
                    throw text.TooLong(row.Number, column);
                text.Unescape();
            }
        }
    }

    private void Add(TableRow row, CellType type, int style)
    {
        switch (type)
        {
            case CellType.SharedText:
                row.Add(CellKind.Text, Unmarked(SharedText(row.Number)));
                break;
            case CellType.Text:
                row.Add(CellKind.Text, Unmarked(text.Value));
                break;
            case CellType.Boolean:
                row.Add(CellKind.Boolean, text.Value is "1" or "true" ? "true" : "false");
                break;
            case CellType.Date:
                row.Add(CellKind.Date, text.Value);
                break;
            case CellType.Error:
                row.Add(CellKind.Error, text.Value);
                break;
            case CellType.Number when dates.TryFormat(style, text.Value, date, out var written):
                row.Add(CellKind.Date, date.AsSpan(0, written));
                break;
            case CellType.Number:
                row.Add(CellKind.Number, text.Value);
                break;
        }
    }

    private ReadOnlySpan<char> Unmarked(ReadOnlySpan<char> cell) => HasMarks && cell is [CsvCell.Mark, .. var bare] ? bare : cell;

    private ReadOnlySpan<char> SharedText(int row) =>
        int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < texts.Count
            ? texts[number]
            : throw new TableException(TableFault.BrokenFile, "A cell refers to a text that is missing.", row);

    private static CellType TypeOf(string type) => type switch
    {
        "s" => CellType.SharedText,
        "str" or "inlineStr" => CellType.Text,
        "b" => CellType.Boolean,
        "d" => CellType.Date,
        "e" => CellType.Error,
        _ => CellType.Number,
    };

    /// <returns>The column from 0: <c>A7</c> is 0, <c>AB7</c> is 27.</returns>
    private int ColumnOf(string reference, int row)
    {
        var column = 0;
        foreach (var character in reference)
        {
            if (!char.IsAsciiLetterUpper(character) || column > TableLimits.SpreadsheetColumns)
                break;
            column = (column * 26) + (character - 'A' + 1);
        }
        return column > nextColumn && column <= TableLimits.SpreadsheetColumns ? column - 1
            : throw new TableException(TableFault.BrokenFile, "The cells of the row are not in order.", row);
    }
}
