using Scrip.Ledger.Redemptions;

namespace Scrip.Storage;

/// <summary>Selects redemptions of a site, in the order of their ids. A null member does not filter.</summary>
public sealed record RedemptionQuery
{
    public long? Id { get; init; }
    public long? CertificateId { get; init; }
    public string? Reference { get; init; }
    public RedemptionState? State { get; init; }

    /// <summary>Lower bound, exclusive.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <inheritdoc cref="CertificateQuery.CreatedBefore"/>
    public DateTimeOffset? CreatedBefore
    {
        get;
        init => field = value is { } bound ? Microseconds.RoundUp(bound) : null;
    }

    /// <summary>Only ids greater than this.</summary>
    public long? AfterId { get; init; }

    public bool Descending { get; init; }
    public long Skip { get; init; }

    /// <summary>The maximum number of rows; null for all.</summary>
    public long? Take { get; init; }

    /// <summary>Whether to count the rows of all pages, too (<see cref="IRows{TRow}.Total"/>). Requires <see cref="Take"/>.</summary>
    public bool IsCounted { get; init; }
}
