using System.Globalization;
using System.Text.Json;

namespace Scrip.Client;

/// <summary>
/// The document's five calls, PATCH for both updates, generated codes and files. See <see cref="ScripClient"/> for what they throw.
/// </summary>
public sealed class CertificatesClient
{
    private const string Path = "external/payment-certificate/";
    private const string AllFields = "id,code,is_active,value,balance,spent,held,currency,starts_at,expires_at,single_use,note,batch_id,"
        + "created_at,updated_at,version";

    private const string TotalCount = "X-Total-Count";

    private readonly HttpClient http;

    internal CertificatesClient(HttpClient http) => this.http = http;

    /// <summary>
    /// Reads all certificates of the token's site in the order of their ids, one at a time and from one committed state. However many there
    /// are, they take no more memory than one. A list that breaks off throws; it never just ends early.
    /// </summary>
    public IAsyncEnumerable<CertificateResource> ListAsync(CancellationToken cancellationToken) =>
        http.StreamAsync(Path, ScripJson.Wire.CertificateResource, cancellationToken);

    /// <summary>
    /// Reads certificates with all of their attributes, in pages that are requested as they are read; in another order than that of the
    /// ids, in one response.
    /// </summary>
    /// <param name="pageSize">1 to 5,000.</param>
    public IAsyncEnumerable<CertificateDetailsResource> ListDetailsAsync(
        CertificateQuery query, int pageSize, CancellationToken cancellationToken) =>
        query.Ordering is null
            ? http.WalkAsync(
                Path, () => query.ToWire().With("fields", AllFields), pageSize, ScripJson.Wire.ListCertificateDetailsResource,
                certificate => certificate.Id, after: 0, cancellationToken)
            : http.StreamAsync(
                Path + query.ToWire().With("fields", AllFields), ScripJson.Wire.CertificateDetailsResource, cancellationToken);

    /// <exception cref="ScripProblemException">404: the certificate was not found in the token's site.</exception>
    public async Task<CertificateDetailsResource> GetDetailsAsync(long id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(id) + new WireQuery().With("fields", AllFields));
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.CertificateDetailsResource, cancellationToken);
    }

    /// <summary>Writes a list as a file, while the server sends it.</summary>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="fields">The attributes, separated by commas; null for all.</param>
    /// <param name="separator"><c>comma</c>, <c>semicolon</c> or <c>tab</c>, of a csv file; null for commas.</param>
    /// <exception cref="HttpRequestException">As for every call, also if the list breaks off: then the file is incomplete.</exception>
    public async Task ExportAsync(
        CertificateQuery query, string format, string? fields, string? separator, Stream file, CancellationToken cancellationToken)
    {
        var address = Path + query.ToWire().With("format", format).With("fields", fields).With("separator", separator);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await http.CallAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await response.Content.CopyToAsync(file, cancellationToken);
    }

    /// <param name="page">The page from 1; a page past the end has no certificates.</param>
    /// <param name="pageSize">1 to 5,000.</param>
    public async Task<CertificatePage> ReadPageAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?page={page}&page_size={pageSize}");
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + query);
        using var response = await http.CallAsync(request, cancellationToken);
        var certificates = await response.ReadAsync(ScripJson.Wire.ListCertificateResource, cancellationToken);
        if (!response.Headers.TryGetValues(TotalCount, out var values))
            throw new JsonException($"{TotalCount} is missing.");
        return new CertificatePage(certificates, long.Parse(values.Single(), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <exception cref="ScripProblemException">404: the certificate was not found in the token's site.</exception>
    public async Task<TaggedCertificate> GetAsync(long id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(id));
        using var response = await http.CallAsync(request, cancellationToken);
        return await ReadTaggedAsync(response, cancellationToken);
    }

    /// <param name="ifMatch">The <see cref="TaggedCertificate.ETag"/> that the certificate must still have; null for any.</param>
    /// <param name="idempotencyKey">
    /// 1 to 255 ASCII characters, chosen by the caller and new for each write; null if the write will not be retried.
    /// </param>
    /// <exception cref="ScripProblemException">
    /// 404: the certificate does not exist. 409: another certificate has the code, or the new value is less than what is spent and held.
    /// 412: the certificate has changed.
    /// </exception>
    /// <exception cref="FormatException"><paramref name="ifMatch"/> is not an entity tag in double quotes.</exception>
    public Task<TaggedCertificate> UpdateAsync(
        long id, CertificateChangeRequest change, string? ifMatch, string? idempotencyKey, CancellationToken cancellationToken) =>
        ChangeAsync(
            WireRequest.Create(HttpMethod.Put, PathOf(id), change, ScripJson.Wire.CertificateChangeRequest, idempotencyKey),
            ifMatch,
            cancellationToken);

    /// <summary>Changes the members that are not null and keeps all others, including the code.</summary>
    /// <param name="ifMatch">See <see cref="UpdateAsync"/>.</param>
    /// <param name="idempotencyKey">See <see cref="UpdateAsync"/>.</param>
    /// <exception cref="ScripProblemException">As for <see cref="UpdateAsync"/>.</exception>
    /// <exception cref="FormatException"><paramref name="ifMatch"/> is not an entity tag in double quotes.</exception>
    public Task<TaggedCertificate> PatchAsync(
        long id, CertificatePatchRequest change, string? ifMatch, string? idempotencyKey, CancellationToken cancellationToken) =>
        ChangeAsync(
            WireRequest.Create(HttpMethod.Patch, PathOf(id), change, ScripJson.Wire.CertificatePatchRequest, idempotencyKey),
            ifMatch,
            cancellationToken);

    /// <summary>Creates all certificates or none, and returns them with their ids in the given order.</summary>
    /// <param name="certificates">At most 100,000, unless the operator has set another limit.</param>
    /// <param name="idempotencyKey">See <see cref="UpdateAsync"/>.</param>
    /// <exception cref="ScripProblemException">
    /// 409: certificates of the site already have some of the codes. 413: too many certificates.
    /// </exception>
    public Task<IReadOnlyList<CertificateResource>> BulkCreateAsync(
        IReadOnlyList<NewCertificateRequest> certificates, string? idempotencyKey, CancellationToken cancellationToken) =>
        BulkAsync(
            WireRequest.Create(
                HttpMethod.Post, $"{Path}bulk-create/", certificates, ScripJson.Wire.IReadOnlyListNewCertificateRequest, idempotencyKey),
            cancellationToken);

    /// <summary>Creates all certificates or none, as a batch with a name.</summary>
    /// <inheritdoc cref="BulkCreateAsync(IReadOnlyList{NewCertificateRequest}, string, CancellationToken)"/>
    public Task<NewCertificates> BulkCreateAsync(
        IReadOnlyList<NewCertificateRequest> certificates, string? batch, string? idempotencyKey, CancellationToken cancellationToken) =>
        CreateAsync(
            WireRequest.Create(
                HttpMethod.Post, $"{Path}bulk-create/{new WireQuery().With("batch", batch)}", certificates,
                ScripJson.Wire.IReadOnlyListNewCertificateRequest, idempotencyKey),
            cancellationToken);

    /// <summary>Creates certificates with codes that the server draws: all or none.</summary>
    /// <param name="idempotencyKey">See <see cref="UpdateAsync"/>. Required: a retry without it would create others.</param>
    public Task<NewCertificates> GenerateAsync(
        GenerationRequest generation, string idempotencyKey, CancellationToken cancellationToken) =>
        CreateAsync(
            WireRequest.Create(HttpMethod.Post, $"{Path}generate/", generation, ScripJson.Wire.GenerationRequest, idempotencyKey),
            cancellationToken);

    /// <summary>Changes all certificates or none, and returns them in the given order. Certificates may swap their codes.</summary>
    /// <param name="changes">
    /// Each with its <see cref="CertificateChangeRequest.Id"/>; at most 100,000, unless the operator has set another limit.
    /// </param>
    /// <param name="idempotencyKey">See <see cref="UpdateAsync"/>.</param>
    /// <exception cref="ScripProblemException">
    /// 404: some of the ids do not exist. 409: as for <see cref="UpdateAsync"/>. 412: some certificates do not have their
    /// <see cref="CertificateChangeRequest.Version"/>. 413: too many changes.
    /// </exception>
    public Task<IReadOnlyList<CertificateResource>> BulkUpdateAsync(
        IReadOnlyList<CertificateChangeRequest> changes, string? idempotencyKey, CancellationToken cancellationToken) =>
        BulkAsync(
            WireRequest.Create(
                HttpMethod.Put, $"{Path}bulk-update/", changes, ScripJson.Wire.IReadOnlyListCertificateChangeRequest, idempotencyKey),
            cancellationToken);

    /// <summary>
    /// Changes the members that are not null, of all certificates or of none, and returns the certificates in the given order.
    /// </summary>
    /// <param name="changes">
    /// Each with its <see cref="CertificatePatchRequest.Id"/>; at most 100,000, unless the operator has set another limit.
    /// </param>
    /// <param name="idempotencyKey">See <see cref="UpdateAsync"/>.</param>
    /// <exception cref="ScripProblemException">As for <see cref="BulkUpdateAsync"/>.</exception>
    public Task<IReadOnlyList<CertificateResource>> BulkPatchAsync(
        IReadOnlyList<CertificatePatchRequest> changes, string? idempotencyKey, CancellationToken cancellationToken) =>
        BulkAsync(
            WireRequest.Create(
                HttpMethod.Patch, $"{Path}bulk-update/", changes, ScripJson.Wire.IReadOnlyListCertificatePatchRequest, idempotencyKey),
            cancellationToken);

    private async Task<NewCertificates> CreateAsync(HttpRequestMessage made, CancellationToken cancellationToken)
    {
        using var request = made;
        using var response = await http.CallAsync(request, cancellationToken);
        var certificates = await response.ReadAsync(ScripJson.Wire.ListCertificateResource, cancellationToken);
        var batch = response.Headers.Location?.OriginalString.TrimEnd('/').Split('/')[^1];
        return new(long.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, certificates);
    }

    private async Task<TaggedCertificate> ChangeAsync(HttpRequestMessage made, string? ifMatch, CancellationToken cancellationToken)
    {
        using var request = made;
        if (ifMatch is not null)
            request.Headers.Add("If-Match", ifMatch);
        using var response = await http.CallAsync(request, cancellationToken);
        return await ReadTaggedAsync(response, cancellationToken);
    }

    private async Task<IReadOnlyList<CertificateResource>> BulkAsync(HttpRequestMessage made, CancellationToken cancellationToken)
    {
        using var request = made;
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.ListCertificateResource, cancellationToken);
    }

    private static async Task<TaggedCertificate> ReadTaggedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var certificate = await response.ReadAsync(ScripJson.Wire.CertificateResource, cancellationToken);
        var tag = response.Headers.ETag ?? throw new JsonException("The response has no ETag.");
        return new TaggedCertificate(certificate, tag.ToString());
    }

    private static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{Path}{id}/");
}

/// <param name="Total">How many certificates the site has on all pages.</param>
public sealed record CertificatePage(IReadOnlyList<CertificateResource> Certificates, long Total);

/// <param name="ETag">Identifies this state of the certificate, with double quotes, for <c>If-Match</c>.</param>
public sealed record TaggedCertificate(CertificateResource Certificate, string ETag);
