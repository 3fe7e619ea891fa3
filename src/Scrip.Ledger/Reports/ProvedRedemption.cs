namespace Scrip.Ledger.Reports;

/// <summary>A redemption as its entries make it.</summary>
internal struct ProvedRedemption
{
    /// <summary>0 while no entry is about it.</summary>
    public long CertificateId { get; private set; }
    public long Amount { get; private set; }
    public long Captured { get; private set; }
    public long Refunded { get; private set; }
    public long Held { get; private set; }

    /// <summary>False where the entry moves what the redemption does not have, or moves it for another certificate.</summary>
    public bool TryApply(in Entry entry)
    {
        var isFirst = CertificateId == 0;
        if (isFirst)
            CertificateId = entry.CertificateId;
        switch (entry.Kind)
        {
            case EntryKind.Held:
                (Amount, Held) = (-entry.Amount, -entry.Amount);
                return isFirst && Amount > 0;
            case EntryKind.Captured when isFirst:
                (Amount, Captured) = (-entry.Amount, -entry.Amount);
                return Amount > 0;
            case EntryKind.Captured:
                Captured -= entry.Amount;
                Held += entry.Amount;
                break;
            case EntryKind.Released or EntryKind.HoldExpired:
                Held -= entry.Amount;
                break;
            case EntryKind.Refunded:
                Refunded += entry.Amount;
                break;
            default:
                // What is forfeited leaves the certificate, not the redemption.
                break;
        }
        return !isFirst && CertificateId == entry.CertificateId && Held >= 0 && Refunded <= Captured && Captured <= Amount;
    }
}
