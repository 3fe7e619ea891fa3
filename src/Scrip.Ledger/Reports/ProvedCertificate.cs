namespace Scrip.Ledger.Reports;

/// <summary>A certificate as computed from its issue and its entries.</summary>
internal struct ProvedCertificate(long issuedValue, long issuedEntryId, DateTime issuedAt)
{
    private int changes;
    private int doubtfulChanges;

    public long FaceValue { get; private set; } = issuedValue;
    public long Spent { get; private set; }
    public long Held { get; private set; }
    public long LastEntryId { get; private set; } = issuedEntryId;

    public DateTime IssuedAt { get; } = issuedAt;
    public long IssuedEntryId { get; } = issuedEntryId;

    /// <summary>Whether nothing has happened to the certificate since its issue.</summary>
    public readonly bool IsNew => LastEntryId == IssuedEntryId;

    /// <summary>
    /// The date of its last entry, or of its issue, in UTC. Earlier entries may have later dates, since clocks are sometimes set back.
    /// </summary>
    public DateTime LastAt { get; private set; } = issuedAt;

    /// <summary>Whether its last entry is dated when a hold ran out, and so may have been written later.</summary>
    public bool EndsWithHold { get; private set; }

    /// <summary>Null until an entry tells: the journal does not record how the certificate was issued.</summary>
    public bool? IsActive { get; private set; }

    /// <summary>The total that its redemptions hold.</summary>
    public long OpenHolds { get; set; }

    public readonly long Balance => FaceValue - Spent - Held;

    public readonly bool IsSound => Spent >= 0 && Held >= 0 && Balance >= 0;

    /// <summary>
    /// The possible versions: one for each write that left entries. It is a range if the entries cannot tell one write from two.
    /// </summary>
    public readonly (long Least, long Most) Version => (1L + changes, 1L + changes + doubtfulChanges);

    /// <param name="fromHold">Whether the entry captures an amount that a hold took from the balance before.</param>
    public void Move(in Entry entry, bool fromHold)
    {
        LastEntryId = entry.Id;
        switch (entry.Kind)
        {
            case EntryKind.Adjusted:
                FaceValue += entry.Amount;
                break;
            case EntryKind.Held or EntryKind.Released or EntryKind.HoldExpired:
                Held -= entry.Amount;
                break;
            case EntryKind.Captured:
                Spent -= entry.Amount;
                Held += fromHold ? entry.Amount : 0;
                break;
            case EntryKind.Refunded or EntryKind.Forfeited or EntryKind.Opening:
                Spent -= entry.Amount;
                break;
            case EntryKind.Issued or EntryKind.Activated or EntryKind.Deactivated or EntryKind.Renamed or EntryKind.Rescheduled:
                break;
        }
    }

    public void Date(in Entry entry, Continuation continuation)
    {
        EndsWithHold = entry.Kind == EntryKind.HoldExpired || (EndsWithHold && continuation == Continuation.Yes);
        LastAt = entry.CreatedAt.UtcDateTime;
    }

    /// <summary>Changes the active flag. False if the certificate already has this state.</summary>
    public bool TrySwitch(bool isActive)
    {
        var changes = IsActive != isActive;
        IsActive = isActive;
        return changes;
    }

    /// <summary>Notes a payment. False if the certificate is inactive and so cannot be paid with.</summary>
    public bool TryPay()
    {
        var canPay = IsActive != false;
        IsActive = true;
        return canPay;
    }

    public void CountChange(Continuation continuation)
    {
        changes += continuation == Continuation.No ? 1 : 0;
        doubtfulChanges += continuation == Continuation.Maybe ? 1 : 0;
    }

    /// <summary>By how much an entry changes what the shop owes.</summary>
    public static long ChangeOfOutstanding(in Entry entry) => entry.Kind switch
    {
        EntryKind.Adjusted or EntryKind.Captured or EntryKind.Refunded or EntryKind.Forfeited or EntryKind.Opening => entry.Amount,
        EntryKind.Issued or EntryKind.Activated or EntryKind.Deactivated or EntryKind.Renamed or EntryKind.Rescheduled
            or EntryKind.Held or EntryKind.Released or EntryKind.HoldExpired => 0,
    };
}
