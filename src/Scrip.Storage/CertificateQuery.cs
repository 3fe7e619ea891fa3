namespace Scrip.Storage;

/// <summary>Which certificates of a site, in which order, and how many. What is null does not filter.</summary>
public sealed record CertificateQuery
{
    public static readonly CertificateQuery Everything = new();

    public long? Id { get; init; }
    public string? Code { get; init; }

    /// <summary>What <see cref="Scrip.Ledger.Certificates.CertificateCode.Fold"/> returns: several certificates may have it.</summary>
    public string? FoldedCode { get; init; }

    /// <summary>A part of the code. The folded forms are compared.</summary>
    public string? Search { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>Face values in minor units, both bounds included.</summary>
    public long? MinFaceValue { get; init; }
    public long? MaxFaceValue { get; init; }

    /// <summary>Instants, the bound itself excluded.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>
    /// An instant, itself excluded. It is rounded up to the microsecond, to which times are stored: what is before a part of one is before
    /// its end.
    /// </summary>
    public DateTimeOffset? CreatedBefore
    {
        get;
        init => field = value is { } bound ? Microseconds.RoundUp(bound) : null;
    }

    /// <summary>Only ids greater than this one.</summary>
    public long? AfterId { get; init; }

    public CertificateOrder Order { get; init; } = CertificateOrder.Id;
    public bool Descending { get; init; }
    public long Skip { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public long? Take { get; init; }

    /// <summary>Read what <see cref="CertificateRow"/> says only on request, too.</summary>
    public bool AllAttributes { get; init; }

    /// <summary>Whether it finds its certificates by a key, of which each has few.</summary>
    public bool NamesFew => (Id, Code, FoldedCode) != default;

    /// <summary>Whether the codes alone say which certificates are meant.</summary>
    public bool IsSearchAlone => Search is not null && !(this with { Search = null }).HasFilters;

    /// <summary>Whether the codes alone say which certificates are on a page, and in which order.</summary>
    public bool IsPageOfSearch => Take is not null && Order == CertificateOrder.Id && (this with { AfterId = null }).IsSearchAlone;

    public bool HasFilters =>
        (Id, Code, FoldedCode, Search, IsActive, MinFaceValue, MaxFaceValue) != default
        || (CreatedAfter, CreatedBefore, UpdatedAfter, AfterId) != default;
}

/// <summary>What a list is ordered by; ties are by id.</summary>
public enum CertificateOrder
{
    Id,
    Code,
    Value,
    CreatedAt,
    UpdatedAt,
}
