using System.Text.Json;

namespace Scrip.Server.Http;

/// <summary>
/// Reads strings from a JSON reader, which throws if a string is not valid Unicode: an unpaired surrogate, or bytes that are not UTF-8.
/// </summary>
internal static class JsonText
{
    public static bool TryRead(in Utf8JsonReader json, out string text)
    {
        try
        {
            text = json.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>Reads the text of an element; false if it is not a string or not valid Unicode.</summary>
    public static bool TryRead(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
