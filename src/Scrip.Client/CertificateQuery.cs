namespace Scrip.Client;

/// <summary>Which certificates a list has, and in which order. The filters that are not null are combined with and.</summary>
public sealed record CertificateQuery
{
    /// <summary>The whole code, compared exactly.</summary>
    public string? Code { get; init; }

    /// <summary>A part of the code. Look-alikes are found as well.</summary>
    public string? Search { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>The least face value, in whole units.</summary>
    public long? ValueMin { get; init; }

    /// <summary>The largest face value, in whole units.</summary>
    public long? ValueMax { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public DateTimeOffset? UpdatedAfter { get; init; }

    public long? BatchId { get; init; }

    /// <summary>
    /// <c>id</c>, <c>code</c>, <c>value</c>, <c>created_at</c> or <c>updated_at</c>, with <c>-</c> in front for descending; null for
    /// <c>id</c>.
    /// </summary>
    public string? Ordering { get; init; }

    internal WireQuery ToWire() => new WireQuery()
        .With("code", Code)
        .With("search", Search)
        .With("is_active", IsActive)
        .With("value_min", ValueMin)
        .With("value_max", ValueMax)
        .With("created_after", CreatedAfter)
        .With("created_before", CreatedBefore)
        .With("updated_after", UpdatedAfter)
        .With("batch_id", BatchId)
        .With("ordering", Ordering);
}
