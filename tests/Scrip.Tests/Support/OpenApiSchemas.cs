using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Scrip.Tests.Support;

/// <summary>Evaluates the schemas of a description, which are JSON Schema 2020-12.</summary>
public sealed class OpenApiSchemas(JsonNode root)
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly string definitions = root["components"]!["schemas"]!.ToJsonString();
    private readonly ConcurrentDictionary<string, JsonSchema> made = new();

    public IReadOnlyList<string> FaultsOf(JsonNode schema, JsonNode? value)
    {
        var result = made.GetOrAdd(schema.ToJsonString(), Make).Evaluate(value, Options);
        return result.IsValid
            ? []
            : [.. result.Details.Where(part => part.HasErrors).SelectMany(part => part.Errors!.Select(error => $"{part.InstanceLocation} {error.Value}"))];
    }

    /// <summary>
    /// The value of the text of a parameter or header. If its schema's type cannot have it, it stays a text, which the schema then refuses.
    /// </summary>
    public static JsonNode? ValueOf(string text, JsonNode schema)
    {
        var types = schema["anyOf"] is JsonArray any ? any.Select(one => (string?)one!["type"]).ToList() : [(string?)schema["type"]];
        if (types.Contains("integer") && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        if (types.Contains("boolean") && text is "true" or "false")
            return JsonValue.Create(text == "true");
        return types.Contains("array")
            ? new JsonArray([.. text.Split(',').Select(part => ValueOf(part, schema["items"]!))])
            : JsonValue.Create(text);
    }

    private JsonSchema Make(string schema)
    {
        var whole = JsonNode.Parse(schema)!.AsObject();
        whole["$defs"] = JsonNode.Parse(definitions);
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }
}
