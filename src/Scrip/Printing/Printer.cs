using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Printing;

/// <summary>Prints the results of commands on standard output.</summary>
internal static class Printer
{
    /// <summary>Prints a list while it is read.</summary>
    /// <param name="limit">The most rows to print; null for all.</param>
    public static async Task PrintListAsync<T>(
        OutputForm form,
        IAsyncEnumerable<T> rows,
        JsonTypeInfo<T> type,
        Column<T>[] columns,
        long? limit,
        CancellationToken cancellationToken)
    {
        await using var output = StandardOutput.OpenWriter();
        var table = new TextTable<T>(columns);
        var csv = new CsvLines<T>(type);
        var count = 0L;
        if (form == OutputForm.Csv)
            csv.WriteCaptions(output);
        await foreach (var row in Limited(rows, limit).WithCancellation(cancellationToken))
        {
            if (form == OutputForm.Table)
                table.Add(row, output);
            else if (form == OutputForm.Csv)
                csv.Write(row, output);
            else
                output.Write((count == 0 ? "[" : ",\n") + JsonSerializer.Serialize(row, type));
            count++;
        }
        if (form == OutputForm.Table)
            table.Complete(output);
        else if (form == OutputForm.Json)
            output.Write(count == 0 ? "[]\n" : "]\n");
    }

    /// <summary>Prints an object: for people, a line for each member.</summary>
    public static void PrintOne<T>(OutputForm form, T item, JsonTypeInfo<T> type)
    {
        using var output = StandardOutput.OpenWriter();
        if (form == OutputForm.Json)
        {
            output.Write(JsonSerializer.Serialize(item, type));
            output.Write('\n');
            return;
        }
        if (form == OutputForm.Csv)
        {
            var csv = new CsvLines<T>(type);
            csv.WriteCaptions(output);
            csv.Write(item, output);
            return;
        }
        var members = JsonSerializer.SerializeToElement(item, type).EnumerateObject().ToList();
        PrintPairs(members.Select(member => (member.Name, TextOf(member.Value))), output);
    }

    /// <summary>Prints names and values, one pair a line.</summary>
    public static void PrintPairs(IEnumerable<(string Name, string? Value)> pairs, TextWriter output)
    {
        var all = pairs.ToList();
        var width = all.Max(pair => pair.Name.Length);
        foreach (var (name, value) in all)
            output.Write($"{name.Replace('_', ' ').PadRight(width)}  {Cells.Printable(value)}\n");
    }

    private static async IAsyncEnumerable<T> Limited<T>(IAsyncEnumerable<T> rows, long? limit)
    {
        var left = limit ?? long.MaxValue;
        if (left == 0)
            yield break;
        await foreach (var row in rows)
        {
            yield return row;
            if (--left == 0)
                yield break;
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => Cells.YesOrNo(value.GetBoolean()),
        _ => value.GetRawText(),
    };
}
