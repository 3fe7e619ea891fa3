namespace Scrip.Client;

/// <summary>The site's journal. See <see cref="ScripClient"/> for what the calls throw.</summary>
public sealed class EntriesClient
{
    private const string Path = "external/payment-certificate/entry/";

    private readonly HttpClient http;

    internal EntriesClient(HttpClient http) => this.http = http;

    /// <summary>Lists entries in the order in which they were committed, in pages that are requested as they are read.</summary>
    /// <param name="after">The number of the last entry that the caller already has; 0 for the whole journal.</param>
    /// <param name="pageSize">1 to 5,000.</param>
    /// <exception cref="ScripProblemException">
    /// 400 <c>after_the_end</c>: the journal ends before <paramref name="after"/>. The database may be an older backup.
    /// </exception>
    public IAsyncEnumerable<EntryResource> ListAsync(
        EntryQuery query, long after, int pageSize, CancellationToken cancellationToken) =>
        http.WalkAsync(Path, query.ToWire, pageSize, ScripJson.Wire.ListEntryResource, entry => entry.Id, after, cancellationToken);
}

/// <summary>Which entries a list has. The filters that are not null are combined with and.</summary>
public sealed record EntryQuery
{
    public long? CertificateId { get; init; }

    public string? Kind { get; init; }

    /// <summary>The reference of the redemption, compared exactly.</summary>
    public string? Reference { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    internal WireQuery ToWire() => new WireQuery()
        .With("certificate_id", CertificateId)
        .With("kind", Kind)
        .With("reference", Reference)
        .With("created_after", CreatedAfter)
        .With("created_before", CreatedBefore);
}
