using System.Text.Json.Nodes;

namespace Scrip.Tests.Support;

/// <summary>Compares a server's responses with the description of the call.</summary>
public sealed class DescribedResponses(OpenApiDescription description)
{
    private const string Problem = "application/problem+json";

    /// <summary>Headers that belong to HTTP, not to the API.</summary>
    private static readonly HashSet<string> OfTheConnection =
        ["Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date", "Transfer-Encoding", "Vary"];

    private readonly JsonNode problem = JsonNode.Parse("""{ "$ref": "#/components/schemas/Problem" }""")!;

    /// <summary>The types of all problems so far.</summary>
    public SortedSet<string> Problems { get; } = [];

    /// <summary>The number of responses checked.</summary>
    public int Count { get; private set; }

    public async Task<Answer> CheckAsync(
        HttpClient client, string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Check(method, path, await client.CallAsync(method, path, body, headers), body ?? "");

    /// <param name="sent">The request, for the message about a mismatch.</param>
    public Answer Check(string method, string path, Answer answer, string sent = "")
    {
        var faults = FaultsOf(method, path, answer);
        Assert.True(
            faults.Count == 0,
            $"{method} {path} {sent[..Math.Min(sent.Length, 300)]}\n{answer.Status} {answer.Body[..Math.Min(answer.Body.Length, 600)]}\n{string.Join('\n', faults)}");
        return answer;
    }

    private List<string> FaultsOf(string method, string path, Answer answer)
    {
        Count++;
        if (answer.Header("Content-Type") == Problem && answer.Body.Length > 0)
            Problems.Add((string)JsonNode.Parse(answer.Body)!["type"]!);
        var operations = description.At(path.Split('?')[0]);
        var operation = operations.SingleOrDefault(known => known.Method == (method == "HEAD" ? "GET" : method));
        if (operation is null)
            return FaultsOfStranger(method, operations, answer);
        if (operation.Answers.SingleOrDefault(known => known.Status == answer.Status) is not { } described)
            return [$"{operation.Id} describes no {answer.Status}."];

        List<string> faults = [];
        foreach (var (name, isRequired, schema) in described.Headers)
        {
            if (answer.Header(name) is { } value)
                faults.AddRange(description.FaultsOf(schema, OpenApiSchemas.ValueOf(value, schema)).Select(fault => $"{name}: {value} {fault}"));
            else if (isRequired)
                faults.Add($"{name} is missing.");
        }
        var known = described.Headers.Select(header => header.Name).Concat(OfTheConnection);
        faults.AddRange(answer.Headers.Keys.Except(known, StringComparer.OrdinalIgnoreCase).Select(name => $"{name} is not described."));
        // A compressed body cannot be read here; other tests cover compression.
        if (method == "HEAD" || answer.Header("Content-Encoding") is not null)
            return faults;
        var contentType = answer.Header("Content-Type")?.Split(';')[0];
        if (contentType is not null && described.OtherContentTypes.Contains(contentType))
            return faults;
        if (contentType != described.ContentType)
            faults.Add($"{answer.Header("Content-Type")} instead of {described.ContentType}.");
        else if (described.Schema is { } body)
            faults.AddRange(description.FaultsOf(body, contentType == "text/html" ? answer.Body : JsonNode.Parse(answer.Body)));
        else if (answer.Body.Length > 0)
            faults.Add("There is a body.");
        return faults;
    }

    /// <summary>
    /// Checks a response that no operation describes: a problem, and for another method of a known path the 405 of that path.
    /// </summary>
    /// <param name="operations">The operations of the path.</param>
    private List<string> FaultsOfStranger(string method, IReadOnlyList<OpenApiDescription.Operation> operations, Answer answer)
    {
        List<string> faults = [];
        if (answer.Header("Content-Type") != Problem)
            faults.Add($"{answer.Header("Content-Type")} instead of {Problem}.");
        else if (method != "HEAD")
            faults.AddRange(description.FaultsOf(problem, JsonNode.Parse(answer.Body)));
        if (operations.Count == 0)
            return faults;
        var methods = operations.Select(operation => operation.Method);
        var allowed = string.Join(", ", (methods.Contains("GET") ? methods.Append("HEAD") : methods).Order(StringComparer.Ordinal));
        if ((answer.Status, answer.Header("Allow")) != (405, allowed))
            faults.Add($"{answer.Status}, Allow: {answer.Header("Allow")} instead of 405, Allow: {allowed}.");
        return faults;
    }
}
