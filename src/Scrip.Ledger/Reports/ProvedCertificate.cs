namespace Scrip.Ledger.Reports;

/// <summary>A certificate as its issue and its entries make it.</summary>
internal struct ProvedCertificate(long issuedValue, long issuedEntryId)
{
    public long FaceValue { get; private set; } = issuedValue;
    public long Spent { get; private set; }
    public long Held { get; private set; }
    public long LastEntryId { get; private set; } = issuedEntryId;

    /// <summary>The sum of what its redemptions hold.</summary>
    public long OpenHolds { get; set; }

    public readonly long Balance => FaceValue - Spent - Held;

    public readonly bool IsSound => Spent >= 0 && Held >= 0 && Balance >= 0;

    /// <param name="fromHold">It captures what a hold had taken from the balance before.</param>
    public void Apply(in Entry entry, bool fromHold)
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
            case EntryKind.Refunded or EntryKind.Forfeited:
                Spent -= entry.Amount;
                break;
            case EntryKind.Issued or EntryKind.Activated or EntryKind.Deactivated or EntryKind.Renamed or EntryKind.Rescheduled:
                break;
        }
    }

    /// <summary>By how much an entry changes what the shop owes.</summary>
    public static long ChangeOfOutstanding(in Entry entry) => entry.Kind switch
    {
        EntryKind.Adjusted or EntryKind.Captured or EntryKind.Refunded or EntryKind.Forfeited => entry.Amount,
        EntryKind.Issued or EntryKind.Activated or EntryKind.Deactivated or EntryKind.Renamed or EntryKind.Rescheduled
            or EntryKind.Held or EntryKind.Released or EntryKind.HoldExpired => 0,
    };
}
