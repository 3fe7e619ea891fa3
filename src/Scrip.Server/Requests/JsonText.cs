using System.Text.Json;

namespace Scrip.Server.Requests;

/// <summary>
/// Strings of a JSON reader, which throws where a string is no Unicode text: half of a surrogate pair, or bytes that are not UTF-8.
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

    /// <summary>Likewise, of an element; false for one that is no string.</summary>
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
