namespace Scrip.Ledger.Certificates;

/// <summary>When and how a certificate may be spent, and the shop's note about it.</summary>
public sealed record CertificateTerms
{
    public const int MaxNoteLength = 500;

    /// <summary>The terms of most certificates: no limits and no note.</summary>
    public static readonly CertificateTerms Unlimited = new();

    /// <summary>The first instant at which the certificate can be spent; null for no limit.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first instant at which the certificate can no longer be spent; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether the first capture spends the certificate completely. What is left over is forfeited.</summary>
    public bool SingleUse { get; init; }

    public string? Note { get; init; }

    /// <summary>Whether the certificate can be spent at any instant at all.</summary>
    public bool AreInOrder => !(ExpiresAt <= StartsAt);
}

/// <summary>What a caller sent for one attribute: a value, or nothing, which keeps the stored value.</summary>
public readonly record struct Change<T>(bool IsGiven, T Value)
{
    public T Or(T stored) => IsGiven ? Value : stored;

    public Change<T> Or(Change<T> earlier) => IsGiven ? this : earlier;
}

public static class Change
{
    public static Change<T> To<T>(T value) => new(true, value);
}

/// <summary>The changes of terms that a caller sent.</summary>
public sealed record TermsChange
{
    public Change<DateTimeOffset?> StartsAt { get; init; }
    public Change<DateTimeOffset?> ExpiresAt { get; init; }
    public Change<bool> SingleUse { get; init; }
    public Change<string?> Note { get; init; }

    public CertificateTerms AppliedTo(CertificateTerms stored) => new()
    {
        StartsAt = StartsAt.Or(stored.StartsAt),
        ExpiresAt = ExpiresAt.Or(stored.ExpiresAt),
        SingleUse = SingleUse.Or(stored.SingleUse),
        Note = Note.Or(stored.Note),
    };

    /// <summary>This change applied on top of an earlier one.</summary>
    public TermsChange After(TermsChange earlier) => new()
    {
        StartsAt = StartsAt.Or(earlier.StartsAt),
        ExpiresAt = ExpiresAt.Or(earlier.ExpiresAt),
        SingleUse = SingleUse.Or(earlier.SingleUse),
        Note = Note.Or(earlier.Note),
    };
}
