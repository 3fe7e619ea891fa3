using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Scrip.Server.OpenApi;

/// <summary>Shapes of JSON, written as short as they can be.</summary>
internal static class Schemas
{
    /// <summary>
    /// The pattern of texts with no control characters anywhere, and at either end no white space of Unicode. Spelled out, because \s means
    /// other characters in other languages.
    /// </summary>
    public const string TrimmedText =
        @"^[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]"
        + @"([^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000])?$";

    /// <summary>One of the document's components.</summary>
    public static IOpenApiSchema Named(string component) => new OpenApiSchemaReference(component);

    public static OpenApiSchema Integer(string? description = null, long? least = null, long? most = null, long? whenAbsent = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Description = description,
        Minimum = least?.ToString(CultureInfo.InvariantCulture),
        Maximum = most?.ToString(CultureInfo.InvariantCulture),
        Default = whenAbsent is { } value ? JsonValue.Create(value) : null,
    };

    public static OpenApiSchema Text(string? description = null, int? minLength = null, int? maxLength = null, string? pattern = null) => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        MinLength = minLength,
        MaxLength = maxLength,
        Pattern = pattern,
    };

    public static OpenApiSchema Time(string? description = null) => new() { Type = JsonSchemaType.String, Format = "date-time", Description = description };

    public static OpenApiSchema Flag(string? description = null, bool? whenAbsent = null) =>
        new() { Type = JsonSchemaType.Boolean, Description = description, Default = whenAbsent is { } value ? JsonValue.Create(value) : null };

    public static OpenApiSchema OneOf(IEnumerable<string> values) =>
        new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => JsonValue.Create(value))] };

    public static OpenApiSchema ArrayOf(IOpenApiSchema items, int? maxItems = null, int? minItems = null) =>
        new() { Type = JsonSchemaType.Array, Items = items, MaxItems = maxItems, MinItems = minItems };

    /// <summary>An object with these members and no other. A name with a question mark is one that may be left out.</summary>
    public static OpenApiSchema Object(string description, params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = members.Where(member => !member.Name.EndsWith('?')).Select(member => member.Name).ToHashSet(),
        Properties = members.ToDictionary(member => member.Name.TrimEnd('?'), member => member.Schema),
        AdditionalPropertiesAllowed = false,
    };
}
