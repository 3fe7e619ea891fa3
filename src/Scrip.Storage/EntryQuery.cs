using Scrip.Ledger;

namespace Scrip.Storage;

/// <summary>Selects lines of a site's journal, in the order of their ids. A null member does not filter.</summary>
public sealed record EntryQuery
{
    public long? CertificateId { get; init; }

    /// <summary>The reference of the entry's redemption, compared exactly.</summary>
    public string? Reference { get; init; }

    public EntryKind? Kind { get; init; }

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

    public long Skip { get; init; }

    /// <summary>The maximum number of rows; null for all.</summary>
    public long? Take { get; init; }

    /// <summary>Whether to count the rows of all pages, too (<see cref="IRows{TRow}.Total"/>). Requires <see cref="Take"/>.</summary>
    public bool IsCounted { get; init; }
}

/// <summary>A line of the journal as it is read, issues included. Amounts are in minor units.</summary>
/// <param name="RedemptionId">0 if the line belongs to no redemption.</param>
/// <param name="Reference">The reference of the redemption; null without one.</param>
public readonly record struct EntryRow(
    long Id,
    long CertificateId,
    long RedemptionId,
    EntryKind Kind,
    long Amount,
    long BalanceAfter,
    long FaceValueAfter,
    string? Reference,
    string? Detail,
    long Actor,
    DateTimeOffset CreatedAt);
