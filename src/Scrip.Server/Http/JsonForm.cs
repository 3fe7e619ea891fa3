using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scrip.Server.Http;

/// <summary>The form of JSON in responses.</summary>
internal static class JsonForm
{
    /// <summary>Keeps text in every script readable: only characters that JSON requires to be escaped are escaped.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes an instant in UTC, with Z; null is written as <c>null</c>.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset? instant)
    {
        json.WritePropertyName(name);
        json.WriteInstant(instant);
    }

    public static void WriteInstant(this Utf8JsonWriter json, DateTimeOffset? instant)
    {
        if (instant is { } known)
            json.WriteStringValue(known.UtcDateTime);
        else
            json.WriteNullValue();
    }
}
