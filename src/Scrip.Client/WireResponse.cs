using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Client;

internal static class WireResponse
{
    private const string ProblemJson = "application/problem+json";

    public static Task<HttpResponseMessage> CallAsync(
        this HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.CallAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

    public static async Task<HttpResponseMessage> CallAsync(
        this HttpClient http, HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        var response = await http.SendAsync(request, completion, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw response.ToException(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public static ScripProblemException ToException(this HttpResponseMessage response, byte[] body) =>
        new(ReadProblem(response, body), response.Headers.RetryAfter?.Delta);

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("The response is null.");
    }

    /// <summary>Reads a problem. Something between client and server may respond instead of Scrip; then only its status is known.</summary>
    private static Problem ReadProblem(HttpResponseMessage response, byte[] body)
    {
        if (response.Content.Headers.ContentType?.MediaType == ProblemJson)
        {
            try
            {
                if (JsonSerializer.Deserialize(body, ScripJson.Wire.Problem) is { } problem)
                    return problem;
            }
            catch (JsonException)
            {
                // The body is not one of Scrip's problems.
            }
        }
        return new Problem("about:blank", response.ReasonPhrase ?? "", (int)response.StatusCode);
    }
}
