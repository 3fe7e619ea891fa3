namespace Scrip.Ledger.Reports;

/// <summary>Checks a single entry, and whether one write can have left it together with the entry before it.</summary>
internal static class EntryShape
{
    /// <summary>Whether the amount, redemption and detail are possible for an entry of its kind.</summary>
    public static bool IsSound(in Entry entry) => entry.Kind switch
    {
        EntryKind.Adjusted => entry is { Amount: not 0, RedemptionId: 0, Detail: null },
        EntryKind.Opening => entry is { Amount: < 0, RedemptionId: 0, HeldAfter: 0, Detail: null },
        EntryKind.Activated or EntryKind.Deactivated => entry is { Amount: 0, RedemptionId: 0, Detail: null },
        EntryKind.Renamed => entry is { Amount: 0, RedemptionId: 0, Detail: not null },
        // Either the terms of a certificate or the end of a redemption's hold.
        EntryKind.Rescheduled => entry is { Amount: 0, Detail: not null },
        EntryKind.Captured or EntryKind.Held => entry is { Amount: < 0, RedemptionId: > 0, Detail: null },
        // Either by spending a single-use certificate, or by a write-off, which has no redemption and may have a reason.
        EntryKind.Forfeited => entry is { Amount: < 0, RedemptionId: > 0, Detail: null } or { Amount: < 0, RedemptionId: 0 },
        EntryKind.Released or EntryKind.HoldExpired => entry is { Amount: > 0, RedemptionId: > 0, Detail: null },
        EntryKind.Refunded => entry is { Amount: > 0, RedemptionId: > 0 },
        // The issue of a certificate has no row in the journal, and unknown kinds are not sound.
        _ => false,
    };

    /// <summary>
    /// One write leaves its entries about a certificate next to each other, with the same date and actor. Two writes of one group can do
    /// the same; then the entries do not show how many writes there were.
    /// </summary>
    public static Continuation ContinuationOf(in Entry before, in Entry entry)
    {
        var isBeside = (entry.PreviousId, entry.Id) == (before.Id, before.Id + 1)
            && (entry.RedemptionId, entry.Actor, entry.CreatedAt) == (before.RedemptionId, before.Actor, before.CreatedAt);
        return entry.Kind switch
        {
            _ when !isBeside => Continuation.No,
            // A write-off is always a separate write.
            EntryKind.Forfeited => entry.RedemptionId > 0 ? Continuation.Yes : Continuation.No,
            EntryKind.Released when before.Kind == EntryKind.Captured => Continuation.Maybe,
            _ when RankInUpdate(before.Kind) > 0 && RankInUpdate(before.Kind) < RankInUpdate(entry.Kind) => Continuation.Maybe,
            _ => Continuation.No,
        };
    }

    /// <summary>The order in which one update writes entries of this kind; 0 if no update writes them.</summary>
    private static int RankInUpdate(EntryKind kind) => kind switch
    {
        EntryKind.Adjusted => 1,
        EntryKind.Renamed => 2,
        EntryKind.Rescheduled => 3,
        EntryKind.Activated or EntryKind.Deactivated => 4,
        _ => 0,
    };
}

/// <summary>Whether an entry was left by the same write as the entry before it.</summary>
internal enum Continuation
{
    No,
    Maybe,
    Yes,
}
