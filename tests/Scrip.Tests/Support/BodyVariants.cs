using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scrip.Tests.Support;

/// <summary>
/// Bodies made from a described one: each member omitted, of every wrong type, and on both sides of each limit in its schema; with unknown
/// members; and bodies that are not such an object at all.
/// </summary>
public static class BodyVariants
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bodies as texts, because not all of them are JSON.</summary>
    public static IEnumerable<string> Of(OpenApiDescription description, OpenApiDescription.Operation operation)
    {
        var schema = operation.BodySchema!;
        var isArray = (string?)schema["type"] == "array";
        var example = isArray ? operation.BodyExample![0]!.AsObject() : operation.BodyExample!.AsObject();
        var item = description.Follow(isArray ? schema["items"]! : schema);
        var members = Members(description, item);

        yield return Text(example, isArray);
        foreach (var (name, member) in members)
        {
            yield return Text(Without(example, name), isArray);
            foreach (var value in ValuesOf(description, member))
                yield return Text(With(example, name, value), isArray);
            // A repeated name, which no JSON object in memory can have.
            yield return Wrap($"{{{JsonSerializer.Serialize(name)}:1,{With(example, name, null).ToJsonString()[1..]}", isArray);
        }
        yield return Text(With(example, "nonsense", 1), isArray);
        yield return Text(With(example, "", null), isArray);
        yield return Wrap("{\"\\ud800\":1}", isArray);
        if (isArray)
        {
            yield return "[]";
            yield return $"[{example.ToJsonString(Plain)},{example.ToJsonString(Plain)}]";
            yield return example.ToJsonString(Plain);
        }
        foreach (var other in new[] { "null", "true", "1", "\"text\"", "[1]", "[null]", "[[]]", "{}", "[{}]", "{", "[", "nonsense", "[1,]", "{}{}", "", " ", "\uFEFF{}", Deep })
            yield return other;
    }

    private static string Deep => new string('[', 100) + new string(']', 100);

    /// <summary>The members of a schema, without those of a composed schema, which no body has.</summary>
    private static List<(string Name, JsonNode Schema)> Members(OpenApiDescription description, JsonNode schema) =>
        [.. schema["properties"]?.AsObject().Select(member => (member.Key, description.Follow(member.Value!))) ?? []];

    private static IEnumerable<JsonNode?> ValuesOf(OpenApiDescription description, JsonNode schema)
    {
        foreach (var text in new[] { "null", "true", "false", "0", "-1", "1", "1.5", "5e2", "1000000000001", "9223372036854775807", "[]", "[1]", "{}", "[\"nonsense\"]" })
            yield return JsonNode.Parse(text);
        foreach (var text in new[]
        {
            "", " ", "nonsense", "text with spaces", "a", " a", "a ", "a\u0007b", "a\u00ADb", "a\u200Bb", "a\nb", "Ж🎁", "1", "149.9", "149.900", "-1", "1.2345", "1,5", "0x1",
            "2031-01-31", "2031-02-30", "2031-01-31T12:00:00Z", "2031-01-31T12:00:00+02:00", "2031-01-31T12:00:00", "1999-01-31T12:00:00Z",
            "USD", "usd", "XXX", "UTC", "Europe/Chisinau", "default", "certificates:read",
        })
            yield return text;
        if ((int?)schema["maxLength"] is { } longest)
        {
            yield return new string('x', longest);
            yield return new string('x', longest + 1);
            // Two UTF-16 code units, but one character.
            yield return string.Concat(Enumerable.Repeat("🎁", longest));
        }
        if ((long?)schema["minimum"] is { } least)
        {
            yield return least;
            yield return least - 1;
        }
        if ((long?)schema["maximum"] is { } most)
        {
            yield return most;
            yield return most + 1;
        }
        if (schema["items"] is { } items && description.Follow(items)["enum"] is JsonArray known)
        {
            yield return known.DeepClone();
            yield return new JsonArray([.. known.Select(value => value!.DeepClone()), "nonsense"]);
        }
    }

    private static JsonObject With(JsonObject example, string name, JsonNode? value)
    {
        var copy = example.DeepClone().AsObject();
        copy[name] = value?.DeepClone();
        return copy;
    }

    private static JsonObject Without(JsonObject example, string name)
    {
        var copy = example.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    private static string Text(JsonObject body, bool isArray) => Wrap(body.ToJsonString(Plain), isArray);

    private static string Wrap(string body, bool isArray) => isArray ? $"[{body}]" : body;
}
