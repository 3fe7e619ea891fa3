using System.Globalization;

namespace Scrip.Client;

/// <summary>The calls about batches. See <see cref="ScripClient"/> for what the calls throw.</summary>
public sealed class BatchesClient
{
    private const string Path = "external/payment-certificate/batch/";

    private readonly HttpClient http;

    internal BatchesClient(HttpClient http) => this.http = http;

    /// <summary>Lists batches in the order of their ids, in pages that are requested as they are read.</summary>
    /// <param name="pageSize">1 to 5,000.</param>
    public IAsyncEnumerable<BatchResource> ListAsync(int pageSize, CancellationToken cancellationToken) =>
        http.WalkAsync(
            Path, () => new WireQuery(), pageSize, ScripJson.Wire.ListBatchResource, batch => batch.Id, after: 0, cancellationToken);

    /// <exception cref="ScripProblemException">404: no such batch in the token's site.</exception>
    public async Task<BatchResource> GetAsync(long id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(id));
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.BatchResource, cancellationToken);
    }

    /// <summary>Gives a batch another name.</summary>
    /// <param name="idempotencyKey">See <see cref="CertificatesClient.UpdateAsync"/>.</param>
    /// <exception cref="ScripProblemException">404: no such batch in the token's site.</exception>
    public async Task<BatchResource> RenameAsync(long id, string name, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = WireRequest.Create(
            HttpMethod.Put, PathOf(id), new BatchNameRequest(name), ScripJson.Wire.BatchNameRequest, idempotencyKey);
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.BatchResource, cancellationToken);
    }

    private static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{Path}{id}/");
}
