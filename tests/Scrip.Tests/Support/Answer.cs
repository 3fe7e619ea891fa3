using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scrip.Tests.Support;

/// <summary>A response: the status, the headers of both kinds, and the exact text of the body.</summary>
public sealed partial record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The body with its trace id replaced, the only part that differs from request to request.</summary>
    public string BodyWithoutTrace => TraceId().Replace(Body, "\"trace_id\":\"*\"");

    /// <summary>The body with the times of creation replaced.</summary>
    public string BodyWithoutCreation => CreatedAt().Replace(Body, "\"created_at\":\"*\"");

    public Answer Expect(int status, string body)
    {
        Assert.Equal((status, body), (Status, Body));
        return this;
    }

    /// <summary>Checks what is true of every problem, and that it names exactly these errors, each written <c>pointer code</c>.</summary>
    public Answer ExpectProblem(int status, string name, params string[] errors)
    {
        Assert.True(status == Status, $"{Status} instead of {status}: {Body}");
        Assert.Equal("application/problem+json", Header("Content-Type"));
        Assert.Null(Header("Server"));
        using var problem = JsonDocument.Parse(Body);
        var root = problem.RootElement;
        Assert.Equal($"/problems/{name}", root.GetProperty("type").GetString());
        Assert.NotEmpty(root.GetProperty("title").GetString()!);
        Assert.Equal(status, root.GetProperty("status").GetInt32());
        Assert.Equal(status != 401, root.TryGetProperty("trace_id", out var trace) && trace.GetString()!.Length == 32);
        Assert.Equal(errors, Errors());
        return this;
    }

    public Answer ExpectInvalid(params string[] errors) => ExpectProblem(400, "invalid-request", errors);

    public string Detail()
    {
        using var problem = JsonDocument.Parse(Body);
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    public IReadOnlyList<string> Errors()
    {
        using var problem = JsonDocument.Parse(Body);
        return problem.RootElement.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}")]
            : [];
    }

    [GeneratedRegex("\"created_at\":\"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?Z\"", RegexOptions.ExplicitCapture)]
    private static partial Regex CreatedAt();

    [GeneratedRegex("\"trace_id\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
