using System.Text;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

/// <summary>A file as the readers return it.</summary>
internal static class ReadTable
{
    public static List<(int Number, string[] Cells)> Rows(Stream file, TableOptions? options = null)
    {
        using var table = TableFile.Open(file, options ?? new());
        return [.. table.ReadRows().Select(row => (row.Number, TextsOf(row)))];
    }

    public static List<(CellKind Kind, string Text)> Cells(Stream file, TableOptions? options = null)
    {
        using var table = TableFile.Open(file, options ?? new());
        return [.. table.ReadRows().SelectMany(row =>
            Enumerable.Range(0, row.Count).Select(column => (row.KindOf(column), row.TextOf(column).ToString())).ToArray())];
    }

    public static TableException Refusal(Stream file, TableOptions? options = null) =>
        Assert.Throws<TableException>(() => Rows(file, options));

    public static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string[] TextsOf(TableRow row) => [.. Enumerable.Range(0, row.Count).Select(column => row.TextOf(column).ToString())];
}
