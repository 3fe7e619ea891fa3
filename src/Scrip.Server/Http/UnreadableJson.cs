using System.Globalization;
using System.Text.Json;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Tells why a JSON reader failed, and where. The reader's own text may change with the framework.</summary>
internal static class UnreadableJson
{
    /// <summary>The default limit of a reader.</summary>
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

    /// <summary>Whether a reader without the limit gets past it before it meets anything that is not JSON.</summary>
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
            // Then the first reader failed here too.
        }
        return false;
    }
}
