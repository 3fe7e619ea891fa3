using System.Text.Json.Nodes;

namespace Scrip.Tests.Support;

/// <summary>What <c>/openapi/v1.json</c> says, as plain JSON, with references followed.</summary>
public sealed class OpenApiDescription(JsonNode root)
{
    public const string Path = "/openapi/v1.json";

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new Operation(root, method.Key.ToUpperInvariant(), path.Key, method.Value!),
    ];

    public Operation this[string id] => Operations.Single(operation => operation.Id == id);

    public static async Task<OpenApiDescription> ReadAsync(ScripApplication scrip) =>
        new(JsonNode.Parse(await scrip.Client.GetStringAsync(Path))!);

    public sealed class Operation(JsonNode root, string method, string path, JsonNode node)
    {
        public string Id => (string)node["operationId"]!;
        public string Method => method;
        public string Path => path;
        public JsonNode Node => node;

        /// <summary>Whether only a valid token may make the call.</summary>
        public bool NeedsToken => node["security"] is not null;

        /// <summary>Null for a call that every valid token, or everybody, may make.</summary>
        public string? Scope => (string?)node["security"]?[0]!["ApiToken"]!.AsArray().FirstOrDefault();

        /// <summary>Null for a call without a body. One that is the empty object the framework leaves out.</summary>
        public JsonNode? BodyExample =>
            node["requestBody"] is { } body ? body["content"]!["application/json"]!["example"] ?? new JsonObject() : null;

        /// <summary>The path with the examples of its parameters.</summary>
        public string ExamplePath => Parameters
            .Where(parameter => (string)parameter["in"]! == "path")
            .Aggregate(path, (url, parameter) => url.Replace($"{{{(string)parameter["name"]!}}}", parameter["example"]!.ToString(), StringComparison.Ordinal));

        public IReadOnlyList<JsonNode> Parameters => [.. node["parameters"]?.AsArray().Select(parameter => parameter!) ?? []];

        public IReadOnlyList<Answer> Answers =>
            [.. node["responses"]!.AsObject().Select(response => new Answer(this, int.Parse(response.Key), Follow(response.Value!)))];

        public Answer Success => Answers.First(answer => answer.Status < 300);

        private JsonNode Follow(JsonNode response) => (string?)response["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate(root, (at, name) => at[name]!)
            : response;
    }

    public sealed class Answer(Operation operation, int status, JsonNode node)
    {
        public Operation Operation => operation;
        public int Status => status;
        public JsonNode? Example => node["content"]?.AsObject().Single().Value!["example"];
        public string? ContentType => node["content"]?.AsObject().Single().Key;
        public IReadOnlyList<string> Headers => [.. node["headers"]?.AsObject().Select(header => header.Key) ?? []];

        public override string ToString() => $"{operation.Id} {status}";
    }
}
