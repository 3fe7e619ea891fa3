namespace Scrip.Ledger.Reports;

/// <summary>What an entry is by itself, and whether the write that left the entry before it can have left it, too.</summary>
internal static class EntryShape
{
    /// <summary>Whether an entry of its kind moves such an amount, of a redemption or of none, and has a detail or none.</summary>
    public static bool IsSound(in Entry entry) => entry.Kind switch
    {
        EntryKind.Adjusted => entry is { Amount: not 0, RedemptionId: 0, Detail: null },
        EntryKind.Opening => entry is { Amount: < 0, RedemptionId: 0, HeldAfter: 0, Detail: null },
        EntryKind.Activated or EntryKind.Deactivated => entry is { Amount: 0, RedemptionId: 0, Detail: null },
        EntryKind.Renamed => entry is { Amount: 0, RedemptionId: 0, Detail: not null },
        // The terms of a certificate, or the end of a redemption's hold.
        EntryKind.Rescheduled => entry is { Amount: 0, Detail: not null },
        EntryKind.Captured or EntryKind.Held => entry is { Amount: < 0, RedemptionId: > 0, Detail: null },
        // By the use of a certificate for a single use, or by writing off, which is about no redemption and may have a reason.
        EntryKind.Forfeited => entry is { Amount: < 0, RedemptionId: > 0, Detail: null } or { Amount: < 0, RedemptionId: 0 },
        EntryKind.Released or EntryKind.HoldExpired => entry is { Amount: > 0, RedemptionId: > 0, Detail: null },
        EntryKind.Refunded => entry is { Amount: > 0, RedemptionId: > 0 },
        // The issue of a certificate has no row in the journal, and what is not known here means nothing.
        _ => false,
    };

    /// <summary>
    /// One write leaves its entries about a certificate side by side, with one date and one actor. So may two writes of one group: then the
    /// entries do not tell.
    /// </summary>
    public static Continuation ContinuationOf(in Entry before, in Entry entry)
    {
        var isBeside = (entry.PreviousId, entry.Id) == (before.Id, before.Id + 1)
            && (entry.RedemptionId, entry.Actor, entry.CreatedAt) == (before.RedemptionId, before.Actor, before.CreatedAt);
        return entry.Kind switch
        {
            _ when !isBeside => Continuation.No,
            // A write-off is a write of its own.
            EntryKind.Forfeited => entry.RedemptionId > 0 ? Continuation.Yes : Continuation.No,
            EntryKind.Released when before.Kind == EntryKind.Captured => Continuation.Maybe,
            _ when RankInUpdate(before.Kind) > 0 && RankInUpdate(before.Kind) < RankInUpdate(entry.Kind) => Continuation.Maybe,
            _ => Continuation.No,
        };
    }

    /// <summary>In the order in which one update writes them; 0 for those that no update writes.</summary>
    private static int RankInUpdate(EntryKind kind) => kind switch
    {
        EntryKind.Adjusted => 1,
        EntryKind.Renamed => 2,
        EntryKind.Rescheduled => 3,
        EntryKind.Activated or EntryKind.Deactivated => 4,
        _ => 0,
    };
}

/// <summary>Whether an entry was left by the write that left the one before it.</summary>
internal enum Continuation
{
    No,
    Maybe,
    Yes,
}
