using System.Globalization;
using System.Text.Json;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Says why a JSON reader gave up, and where: the reader's own text may change with the framework.</summary>
internal static class UnreadableJson
{
    /// <summary>What a reader takes unless it is told otherwise.</summary>
    private const int MaxDepth = 64;

    public static void AddUnreadable(this RequestErrors errors, ReadOnlySpan<byte> utf8, JsonException fault)
    {
        var place = string.Create(
            CultureInfo.InvariantCulture, $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            errors.Add("", ErrorCodes.NotJson, "The body is empty.");
        else if (IsTooDeep(utf8))
            errors.Add("", ErrorCodes.TooDeep, $"The body is nested deeper than {MaxDepth} levels: {place}.");
        else
            errors.Add("", ErrorCodes.NotJson, $"The body is not JSON (RFC 8259): {place}.");
    }

    /// <summary>Whether a reader without that limit comes past it, before it meets anything that is no JSON.</summary>
    private static bool IsTooDeep(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (json.Read())
            {
                if (json.CurrentDepth >= MaxDepth)
                    return true;
            }
        }
        catch (JsonException)
        {
            // Then this is what the first reader met, too.
        }
        return false;
    }
}
