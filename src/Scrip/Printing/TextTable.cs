using Spectre.Console;

namespace Scrip.Printing;

/// <summary>
/// Prints rows for people as they arrive. The widths of the columns are those of the first rows; a long list on a terminal becomes several
/// tables.
/// </summary>
internal sealed class TextTable<T>(Column<T>[] columns)
{
    private const int RowsAtOnce = 500;

    private readonly int[] widths = [.. columns.Select(column => column.Name.Length)];
    private readonly List<string[]> rows = new(RowsAtOnce);
    private bool isBegun;

    public void Add(T row, TextWriter output)
    {
        rows.Add([.. columns.Select(column => Cells.Printable(column.Text(row)))]);
        if (rows.Count == RowsAtOnce)
            Print(output);
    }

    public void Complete(TextWriter output)
    {
        if (rows.Count > 0 || !isBegun)
            Print(output);
    }

    private void Print(TextWriter output)
    {
        if (Console.IsOutputRedirected)
            PrintPlain(output);
        else
            PrintFramed();
        rows.Clear();
        isBegun = true;
    }

    /// <summary>One line for each row, with spaces between the cells.</summary>
    private void PrintPlain(TextWriter output)
    {
        foreach (var row in rows)
        {
            for (var column = 0; column < columns.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }
        if (!isBegun)
            PrintLine([.. columns.Select(column => column.Name)], output);
        foreach (var row in rows)
            PrintLine(row, output);
    }

    private void PrintLine(string[] cells, TextWriter output)
    {
        var padded = cells.Select((cell, place) => columns[place].IsNumber ? cell.PadLeft(widths[place]) : cell.PadRight(widths[place]));
        output.Write(string.Join(' ', padded).TrimEnd());
        output.Write('\n');
    }

    private void PrintFramed()
    {
        var table = new Table();
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Name))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                NoWrap = column.IsNumber,
            });
        }
        foreach (var row in rows)
            table.AddRow(row.Select((cell, place) => new Text(columns[place].IsTime ? cell.Replace('T', ' ') : cell)));
        AnsiConsole.Create(new AnsiConsoleSettings()).Write(table);
    }
}
