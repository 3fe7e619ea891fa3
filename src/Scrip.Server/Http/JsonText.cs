using System.Text.Json;

namespace Scrip.Server.Http;

/// <summary>
/// Strings of a JSON reader, which throws where a string is not Unicode text: an unpaired surrogate, or bytes that are not UTF-8.
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

    /// <summary>Reads the text of an element; false where it is not a string, or not Unicode.</summary>
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
