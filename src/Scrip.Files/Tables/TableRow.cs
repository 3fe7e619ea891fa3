namespace Scrip.Files.Tables;

/// <summary>The cells of one row. A reader returns the same object for each row, with new contents.</summary>
public sealed class TableRow
{
    private char[] characters = new char[1024];
    private Cell[] cells = new Cell[32];
    private int used;

    /// <summary>The row as a spreadsheet numbers it: from 1, blank rows included.</summary>
    public int Number { get; private set; }

    public int Count { get; private set; }

    public bool IsBlank
    {
        get
        {
            for (var column = 0; column < Count; column++)
            {
                if (!TextOf(column).IsWhiteSpace())
                    return false;
            }
            return true;
        }
    }

    /// <param name="column">The column from 0, possibly beyond the last cell.</param>
    public CellKind KindOf(int column) => column < Count ? cells[column].Kind : CellKind.Empty;

    /// <param name="column">The column from 0, possibly beyond the last cell.</param>
    public ReadOnlySpan<char> TextOf(int column) =>
        column < Count ? characters.AsSpan(cells[column].Start, cells[column].Length) : default;

    internal void Begin(int number)
    {
        Number = number;
        Count = 0;
        used = 0;
    }

    /// <summary>Appends a cell; a text without characters gives an empty cell.</summary>
    internal void Add(CellKind kind, ReadOnlySpan<char> text)
    {
        if (text.Length > characters.Length - used)
            Array.Resize(ref characters, Math.Max(characters.Length * 2, used + text.Length));
        if (Count == cells.Length)
            Array.Resize(ref cells, cells.Length * 2);
        text.CopyTo(characters.AsSpan(used));
        cells[Count++] = new(text.IsEmpty ? CellKind.Empty : kind, used, text.Length);
        used += text.Length;
    }

    /// <summary>Appends empty cells up to the given number of cells.</summary>
    internal void FillTo(int count)
    {
        while (Count < count)
            Add(CellKind.Empty, default);
    }

    private readonly record struct Cell(CellKind Kind, int Start, int Length);
}
