namespace Scrip.Client;

/// <summary>
/// A Scrip server, with one group of calls for each of its resources. Thread-safe, like the <see cref="HttpClient"/>, which the caller
/// owns and disposes.
/// </summary>
/// <remarks>
/// The <see cref="HttpClient"/> must have the server's address as its <c>BaseAddress</c>, ending with a slash, and the token as the default
/// header <see cref="TokenHeader"/>. Every call throws
/// <list type="bullet">
/// <item><see cref="ScripProblemException"/> for every response that is not a success;</item>
/// <item><see cref="HttpRequestException"/> if no response arrived, <see cref="TaskCanceledException"/> if it took longer than
/// <c>Timeout</c>: the outcome of a write is unknown then, and only the same call with the same idempotency key finds out safely;</item>
/// <item><see cref="System.Text.Json.JsonException"/> if the server that responded is not Scrip.</item>
/// </list>
/// </remarks>
public sealed class ScripClient(HttpClient http)
{
    public const string TokenHeader = "API-Token";

    public CertificatesClient Certificates { get; } = new(http);
    public BatchesClient Batches { get; } = new(http);
    public ImportsClient Imports { get; } = new(http);
    public RedemptionsClient Redemptions { get; } = new(http);
    public EntriesClient Entries { get; } = new(http);
    public ReportsClient Reports { get; } = new(http);
    public ApiTokensClient ApiTokens { get; } = new(http);
    public SitesClient Sites { get; } = new(http);

    /// <summary>Returns the caller's own token and site.</summary>
    public async Task<WhoAmIResource> WhoAmIAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "external/whoami/");
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.WhoAmIResource, cancellationToken);
    }
}
