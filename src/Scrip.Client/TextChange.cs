using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scrip.Client;

/// <summary>
/// A change of a text that a certificate may lack. A member that is null itself is omitted from the request and changes nothing.
/// </summary>
/// <param name="Text">The new text; null to remove the present one.</param>
[JsonConverter(typeof(TextChangeConverter))]
public sealed record TextChange(string? Text);

internal sealed class TextChangeConverter : JsonConverter<TextChange>
{
    public override TextChange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString());

    public override void Write(Utf8JsonWriter writer, TextChange value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
