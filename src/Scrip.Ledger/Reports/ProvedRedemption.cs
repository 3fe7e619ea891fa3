using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger.Reports;

/// <summary>A redemption as computed from its entries.</summary>
internal struct ProvedRedemption
{
    /// <summary>The certificate of the redemption; 0 before its first entry.</summary>
    public long CertificateId { get; private set; }
    public long Amount { get; private set; }
    public long Captured { get; private set; }
    public long Refunded { get; private set; }
    public long Held { get; private set; }
    public long BalanceAfter { get; private set; }

    /// <summary>When the redemption began, in UTC, as are the next two dates.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>When the hold ran out; default if it did not.</summary>
    public DateTime RanOutAt { get; private set; }

    /// <summary>When the hold was last set to end; null if its end was never moved.</summary>
    public DateTime? MovedTo { get; private set; }
    public RedemptionState State { get; private set; }

    /// <summary>Whether the redemption began as a hold.</summary>
    public bool WasHeld { get; private set; }

    /// <summary>
    /// Whether the rest of the hold was released next to a capture: either by a final capture, or by a release in the same group, which
    /// leads to a different state.
    /// </summary>
    public bool MayBeReleased { get; private set; }

    /// <summary>
    /// Applies an entry. False if it moves an amount that the redemption does not have, or moves it for another certificate.
    /// </summary>
    public bool TryApply(in Entry entry, Continuation continuation)
    {
        BalanceAfter = entry.BalanceAfter;
        if (CertificateId == 0)
            return TryBegin(entry);
        switch (entry.Kind)
        {
            case EntryKind.Captured:
                Captured -= entry.Amount;
                Held += entry.Amount;
                State = Held == 0 ? RedemptionState.Captured : State;
                break;
            case EntryKind.Released:
                Held -= entry.Amount;
                MayBeReleased = continuation == Continuation.Maybe;
                State = MayBeReleased ? RedemptionState.Captured : RedemptionState.Released;
                break;
            case EntryKind.HoldExpired:
                Held -= entry.Amount;
                RanOutAt = entry.CreatedAt.UtcDateTime;
                State = RedemptionState.Expired;
                if (MovedTo is { } end && end != RanOutAt)
                    return false;
                break;
            case EntryKind.Rescheduled:
                if (Held == 0 || !TryMoveEnd(entry))
                    return false;
                break;
            case EntryKind.Refunded:
                Refunded += entry.Amount;
                break;
            case EntryKind.Forfeited:
                // The money leaves the certificate, not the redemption.
                break;
            default:
                return false;
        }
        return CertificateId == entry.CertificateId && Held >= 0 && (Held > 0) == (State == RedemptionState.Held)
            && Refunded <= Captured && Captured <= Amount;
    }

    private bool TryMoveEnd(in Entry entry)
    {
        if (!EntryDetail.TryReadHoldRescheduling(entry.Detail!, out var before, out var after))
            return false;
        var follows = MovedTo is null || MovedTo == before.UtcDateTime;
        MovedTo = after.UtcDateTime;
        return follows;
    }

    private bool TryBegin(in Entry entry)
    {
        CertificateId = entry.CertificateId;
        CreatedAt = entry.CreatedAt.UtcDateTime;
        switch (entry.Kind)
        {
            case EntryKind.Held:
                (Amount, Held, State, WasHeld) = (-entry.Amount, -entry.Amount, RedemptionState.Held, true);
                return Amount > 0;
            case EntryKind.Captured:
                (Amount, Captured, State) = (-entry.Amount, -entry.Amount, RedemptionState.Captured);
                return Amount > 0;
            default:
                return false;
        }
    }
}
