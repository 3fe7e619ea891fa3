using System.Globalization;
using Spectre.Console;

namespace Scrip;

/// <summary>Prints rows as a table, or plainly with one row per line if the output goes to a file or another program.</summary>
internal static class Listing
{
    /// <summary>Rows are not wrapped if the output is not a screen.</summary>
    private const int Unbounded = 100_000;

    public static void Print(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        var table = new Table();
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = Unbounded;
            table.NoBorder();
        }
        foreach (var column in columns)
            table.AddColumn(column);
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        console.Write(table);
    }

    /// <summary>RFC 3339 in UTC; a dash for null.</summary>
    public static string Time(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
