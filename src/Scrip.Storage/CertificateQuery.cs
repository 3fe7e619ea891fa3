namespace Scrip.Storage;

/// <summary>Selects certificates of a site, their order and their number. A null member does not filter.</summary>
public sealed record CertificateQuery
{
    public static readonly CertificateQuery Everything = new();

    public long? Id { get; init; }
    public string? Code { get; init; }

    /// <summary>
    /// A folded form, as returned by <see cref="Scrip.Ledger.Certificates.CertificateCode.Fold"/>. Several certificates may share it.
    /// </summary>
    public string? FoldedCode { get; init; }

    /// <summary>A part of the code; folded forms are compared.</summary>
    public string? Search { get; init; }

    /// <summary>Only certificates of this batch.</summary>
    public long? BatchId { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>Face value bounds in minor units, both inclusive.</summary>
    public long? MinFaceValue { get; init; }
    public long? MaxFaceValue { get; init; }

    /// <summary>Lower bounds, exclusive.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>
    /// Exclusive upper bound, rounded up to the stored precision of a microsecond: a stored time within the cut-off part still is before
    /// the bound.
    /// </summary>
    public DateTimeOffset? CreatedBefore
    {
        get;
        init => field = value is { } bound ? Microseconds.RoundUp(bound) : null;
    }

    /// <summary>Only ids greater than this.</summary>
    public long? AfterId { get; init; }

    public CertificateOrder Order { get; init; } = CertificateOrder.Id;
    public bool Descending { get; init; }
    public long Skip { get; init; }

    /// <summary>The maximum number of rows; null for all.</summary>
    public long? Take { get; init; }

    /// <summary>Whether to read the optional attributes of <see cref="CertificateRow"/> as well.</summary>
    public bool AllAttributes { get; init; }

    /// <summary>Whether to read all attributes and <see cref="CertificateRow.BatchId"/>.</summary>
    public bool WithBatch { get; init; }

    /// <summary>Whether the query finds its certificates by a key that only a few certificates share.</summary>
    public bool NamesFew => (Id, Code, FoldedCode) != default;

    /// <summary>Whether the query has no filter but the search.</summary>
    public bool IsSearchAlone => Search is not null && !(this with { Search = null }).HasFilters;

    /// <summary>Whether the table of codes alone determines the page and its order.</summary>
    public bool IsPageOfSearch => Take is not null && Order == CertificateOrder.Id && (this with { AfterId = null }).IsSearchAlone;

    public bool HasFilters =>
        (Id, Code, FoldedCode, Search, BatchId, IsActive, MinFaceValue, MaxFaceValue) != default
        || (CreatedAfter, CreatedBefore, UpdatedAfter, AfterId) != default;
}

/// <summary>The order of a list. Ties are ordered by id.</summary>
public enum CertificateOrder
{
    Id,
    Code,
    Value,
    CreatedAt,
    UpdatedAt,
}
