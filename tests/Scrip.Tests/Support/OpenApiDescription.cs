using System.Text.Json.Nodes;

namespace Scrip.Tests.Support;

/// <summary>The contents of <c>/openapi/v1.json</c> as plain JSON, with references resolved.</summary>
public sealed class OpenApiDescription(JsonNode root)
{
    public const string Path = "/openapi/v1.json";

    private readonly OpenApiSchemas schemas = new(root);

    public JsonNode Root => root;

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new Operation(root, method.Key.ToUpperInvariant(), path.Key, method.Value!),
    ];

    public Operation this[string id] => Operations.Single(operation => operation.Id == id);

    public static Task<OpenApiDescription> ReadAsync(ScripApplication scrip) => ReadAsync(scrip.Client);

    public static async Task<OpenApiDescription> ReadAsync(HttpClient client) => new(JsonNode.Parse(await client.GetStringAsync(Path))!);

    /// <summary>The operations of the path that serves an address; empty if no path does.</summary>
    /// <param name="address">The address without a query.</param>
    public IReadOnlyList<Operation> At(string address)
    {
        var segments = address.Trim('/').Split('/');
        // Like routing: of several paths, the one that is literal where another has a parameter.
        var path = Operations.Select(operation => operation.Path).Distinct()
            .Select(known => (Path: known, Segments: known.Trim('/').Split('/')))
            .Where(known => known.Segments.Length == segments.Length)
            .Where(known => known.Segments.Zip(segments).All(pair => IsParameter(pair.First) || pair.First == pair.Second))
            .OrderBy(known => string.Concat(known.Segments.Select(segment => IsParameter(segment) ? '1' : '0')), StringComparer.Ordinal)
            .Select(known => known.Path)
            .FirstOrDefault();
        return [.. Operations.Where(operation => operation.Path == path)];
    }

    /// <summary>The violations of a schema of this description by a value; empty if the value is valid.</summary>
    public IReadOnlyList<string> FaultsOf(JsonNode schema, JsonNode? value) => schemas.FaultsOf(schema, value);

    public JsonNode Follow(JsonNode node) => Follow(root, node);

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static JsonNode Follow(JsonNode root, JsonNode node) => (string?)node["$ref"] is { } reference
        ? Follow(root, reference.Split('/').Skip(1).Aggregate(root, (at, name) => at[name]!))
        : node;

    public sealed class Operation(JsonNode root, string method, string path, JsonNode node)
    {
        public string Id => (string)node["operationId"]!;
        public string Method => method;
        public string Path => path;
        public JsonNode Node => node;

        /// <summary>Whether only a valid token may make the call.</summary>
        public bool NeedsToken => node["security"] is null;

        /// <summary>The scopes of which a token needs one; empty for a call that every valid token, or everybody, may make.</summary>
        public IReadOnlyList<string> Scopes => [.. node["x-scopes"]?.AsArray().Select(scope => (string)scope!) ?? []];

        /// <summary>The body; null for a call without one.</summary>
        public JsonNode? Body => node["requestBody"];

        /// <summary>Null for a body that is not JSON, as the next.</summary>
        public JsonNode? BodySchema => Body?["content"]!["application/json"]?["schema"];

        public JsonNode? BodyExample => Body?["content"]!["application/json"]?["example"];

        public string? CsvExample => (string?)Body?["content"]!["text/csv"]?["example"];

        /// <summary>The path with the id of the example response, or else with the example of the parameter.</summary>
        public string ExamplePath => Parameters
            .Where(parameter => (string)parameter["in"]! == "path")
            .Aggregate(path, (url, parameter) => url.Replace(
                $"{{{(string)parameter["name"]!}}}",
                ((Success.Example as JsonObject)?["id"] ?? parameter["example"]!).ToString(),
                StringComparison.Ordinal));

        /// <summary>The query of the parameters that have an example; empty if none has.</summary>
        public string ExampleQuery => string.Concat(Parameters
            .Where(parameter => (string)parameter["in"]! == "query" && parameter["example"] is not null)
            .Select((parameter, place) => $"{(place == 0 ? '?' : '&')}{(string)parameter["name"]!}={parameter["example"]}"));

        public IReadOnlyList<JsonNode> Parameters =>
            [.. node["parameters"]?.AsArray().Select(parameter => Follow(root, parameter!)) ?? []];

        public IReadOnlyList<Answer> Answers =>
        [
            .. from response in node["responses"]!.AsObject()
               select new Answer(this, int.Parse(response.Key), (string?)response.Value!["$ref"], root, Follow(root, response.Value!)),
        ];

        public Answer Success => Answers.First(answer => answer.Status < 300);
    }

    /// <param name="component">The reference to a response that several operations share; null for one of this operation alone.</param>
    public sealed class Answer(Operation operation, int status, string? component, JsonNode root, JsonNode node)
    {
        public Operation Operation => operation;
        public int Status => status;
        public string? Component => component;
        public JsonNode? Example => node["content"]?.AsObject().First().Value!["example"];
        public JsonNode? Schema => node["content"]?.AsObject().First().Value!["schema"];

        /// <summary>The JSON, where there are other forms as well.</summary>
        public string? ContentType => node["content"]?.AsObject().First().Key;

        public IReadOnlyList<string> OtherContentTypes => [.. node["content"]?.AsObject().Skip(1).Select(form => form.Key) ?? []];

        public IReadOnlyList<(string Name, bool IsRequired, JsonNode Schema)> Headers =>
        [
            .. from header in node["headers"]?.AsObject() ?? []
               let described = Follow(root, header.Value!)
               select (header.Key, (bool?)described["required"] == true, described["schema"]!),
        ];

        public override string ToString() => $"{operation.Id} {status}";
    }
}
