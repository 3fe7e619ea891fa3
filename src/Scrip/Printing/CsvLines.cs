using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Printing;

/// <summary>
/// Prints resources as csv (RFC 4180, with a line feed at the end of a line) for programs: the members are the columns, texts are exactly
/// those of the API, null is an empty cell, and an object is JSON. Nothing is done for spreadsheets; an export is for those.
/// </summary>
internal sealed class CsvLines<T>(JsonTypeInfo<T> type)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public void WriteCaptions(TextWriter output) =>
        WriteLine(type.Properties.Select(property => property.Name), output);

    public void Write(T row, TextWriter output)
    {
        var members = JsonSerializer.SerializeToElement(row, type);
        WriteLine(type.Properties.Select(property => members.TryGetProperty(property.Name, out var value) ? TextOf(value) : ""), output);
    }

    private static void WriteLine(IEnumerable<string> cells, TextWriter output)
    {
        output.Write(string.Join(',', cells.Select(Quoted)));
        output.Write('\n');
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(Special)
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
