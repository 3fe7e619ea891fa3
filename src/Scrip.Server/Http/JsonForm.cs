using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scrip.Server.Http;

/// <summary>How answers are written.</summary>
internal static class JsonForm
{
    /// <summary>Text in any script stays readable: only what JSON itself must escape is escaped.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>In UTC, with Z; null where there is none.</summary>
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
