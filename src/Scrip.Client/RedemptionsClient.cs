using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Client;

/// <summary>
/// The calls that take certificates as payment. Every write needs a key: 1 to 255 ASCII characters, new for each attempt and the same for
/// its retries. See <see cref="ScripClient"/> for what the calls throw.
/// </summary>
public sealed class RedemptionsClient
{
    private const string Path = "external/payment-certificate/redemption/";

    private readonly HttpClient http;

    internal RedemptionsClient(HttpClient http) => this.http = http;

    /// <summary>Finds out whether a code could pay. Nothing is stored.</summary>
    /// <exception cref="ScripProblemException">404: no certificate has the code. 429: too many wrong codes.</exception>
    public async Task<CodeCheckResource> CheckAsync(CodeCheckRequest check, CancellationToken cancellationToken)
    {
        using var request = WireRequest.Create(
            HttpMethod.Post, "external/payment-certificate/check/", check, ScripJson.Wire.CodeCheckRequest, idempotencyKey: null);
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.CodeCheckResource, cancellationToken);
    }

    /// <summary>Spends an amount, or holds it for a later capture.</summary>
    /// <exception cref="ScripProblemException">
    /// 404: no such certificate. 409: its state, its balance or the reference does not allow it; the problem's type says which.
    /// </exception>
    public Task<RedemptionResource> RedeemAsync(
        RedemptionRequest redemption, string idempotencyKey, CancellationToken cancellationToken) =>
        PostAsync(Path, redemption, ScripJson.Wire.RedemptionRequest, idempotencyKey, cancellationToken);

    /// <summary>Spends what is held, or a part.</summary>
    /// <exception cref="ScripProblemException">404: no such redemption. 409: the hold has ended, or is less.</exception>
    public Task<RedemptionResource> CaptureAsync(
        long id, CaptureRequest capture, string idempotencyKey, CancellationToken cancellationToken) =>
        PostAsync(PathOf(id, "capture"), capture, ScripJson.Wire.CaptureRequest, idempotencyKey, cancellationToken);

    /// <summary>Returns what is still held to the certificate.</summary>
    /// <exception cref="ScripProblemException">404: no such redemption. 409: the hold has ended.</exception>
    public async Task<RedemptionResource> ReleaseAsync(long id, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, PathOf(id, "release"));
        request.Headers.Add(WireRequest.IdempotencyKey, idempotencyKey);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Returns captured money to the certificate.</summary>
    /// <exception cref="ScripProblemException">404: no such redemption. 409: less than the amount can be refunded.</exception>
    public Task<RedemptionResource> RefundAsync(
        long id, RefundRequest refund, string idempotencyKey, CancellationToken cancellationToken) =>
        PostAsync(PathOf(id, "refund"), refund, ScripJson.Wire.RefundRequest, idempotencyKey, cancellationToken);

    /// <exception cref="ScripProblemException">404: no such redemption in the token's site.</exception>
    public async Task<RedemptionResource> GetAsync(long id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Path}{id}/"));
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Lists redemptions in the order of their ids, in pages that are requested as they are read.</summary>
    /// <param name="pageSize">1 to 5,000.</param>
    public IAsyncEnumerable<RedemptionResource> ListAsync(
        RedemptionQuery query, int pageSize, CancellationToken cancellationToken) =>
        http.WalkAsync(
            Path, query.ToWire, pageSize, ScripJson.Wire.ListRedemptionResource, redemption => redemption.Id, after: 0, cancellationToken);

    private async Task<RedemptionResource> PostAsync<T>(
        string path, T body, JsonTypeInfo<T> type, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = WireRequest.Create(HttpMethod.Post, path, body, type, idempotencyKey);
        return await SendAsync(request, cancellationToken);
    }

    private async Task<RedemptionResource> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.RedemptionResource, cancellationToken);
    }

    private static string PathOf(long id, string operation) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}{id}/{operation}/");
}

/// <summary>Which redemptions a list has. The filters that are not null are combined with and.</summary>
public sealed record RedemptionQuery
{
    public long? CertificateId { get; init; }

    /// <summary>The whole code, compared exactly.</summary>
    public string? Code { get; init; }

    public string? Reference { get; init; }

    /// <summary><c>held</c>, <c>captured</c>, <c>released</c> or <c>expired</c>.</summary>
    public string? State { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    internal WireQuery ToWire() => new WireQuery()
        .With("certificate_id", CertificateId)
        .With("code", Code)
        .With("reference", Reference)
        .With("state", State)
        .With("created_after", CreatedAfter)
        .With("created_before", CreatedBefore);
}
