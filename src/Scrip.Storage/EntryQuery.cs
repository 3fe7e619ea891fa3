using Scrip.Ledger;

namespace Scrip.Storage;

/// <summary>Which lines of a site's journal, in the order of their ids. What is null does not filter.</summary>
public sealed record EntryQuery
{
    public long? CertificateId { get; init; }

    /// <summary>Of the redemption that an entry belongs to, compared exactly.</summary>
    public string? Reference { get; init; }

    public EntryKind? Kind { get; init; }

    /// <summary>Instants, the bound itself excluded.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <inheritdoc cref="CertificateQuery.CreatedBefore"/>
    public DateTimeOffset? CreatedBefore
    {
        get;
        init => field = value is { } bound ? Microseconds.RoundUp(bound) : null;
    }

    /// <summary>Only ids greater than this one.</summary>
    public long? AfterId { get; init; }

    public long Skip { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public long? Take { get; init; }
}

/// <summary>A line of the journal as it is read, the issues among them. Amounts are in minor units.</summary>
/// <param name="RedemptionId">0 where it is about none.</param>
/// <param name="Reference">Of the redemption.</param>
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
