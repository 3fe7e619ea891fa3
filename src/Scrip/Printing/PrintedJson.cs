using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scrip.Client;

namespace Scrip.Printing;

/// <summary>The resources of the API as commands print them.</summary>
internal static class PrintedJson
{
    /// <summary>With all members, so that every object of a list has the same ones.</summary>
    public static ScripJson Whole { get; } = new(Options(JsonIgnoreCondition.Never));

    /// <summary>Without members that are null, where those are absent from the API's response too.</summary>
    public static ScripJson WithoutNulls { get; } = new(Options(JsonIgnoreCondition.WhenWritingNull));

    private static JsonSerializerOptions Options(JsonIgnoreCondition ignored) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = ignored,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter() },
    };

    /// <summary>RFC 3339 in UTC with <c>Z</c>, as the server writes it.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}
