using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>
/// Computes a report from the journal and the certificates as they are now: first every entry in the order of ids, then every certificate.
/// Money comes from the entries up to the instant; switches and terms from the certificate, with what changed later undone.
/// </summary>
public sealed class LiabilityCalculation(DateTimeOffset asOf, TimeZoneInfo zone, long lastCertificateId)
{
    private readonly Movements[] movements = new Movements[lastCertificateId + 1];

    /// <summary>What became of a certificate after the instant, where its switch or its terms changed.</summary>
    private readonly Dictionary<long, List<Entry>> laterChanges = [];
    private readonly Dictionary<DateOnly, LiabilityTotals> months = [];
    private DateTimeOffset monthOf;
    private DateOnly month;

    public void Add(in Entry entry)
    {
        if (entry.CreatedAt <= asOf)
            movements[entry.CertificateId].Add(entry);
        else if (entry.Kind is EntryKind.Activated or EntryKind.Deactivated or EntryKind.Rescheduled)
            Later(entry.CertificateId).Add(entry);
    }

    public void Add(Certificate certificate)
    {
        if (certificate.CreatedAt > asOf)
            return;
        var (isActive, terms) = AsItWas(certificate);
        var moved = movements[certificate.Id];
        var outstanding = moved.HasMoved ? moved.Outstanding : certificate.IssuedValue;
        var totals = new LiabilityTotals(
            Certificates: 1,
            certificate.IssuedValue,
            moved.Adjusted,
            moved.Captured,
            moved.Refunded,
            moved.Forfeited,
            outstanding,
            moved.Held,
            Inactive: isActive ? 0 : outstanding,
            NotStarted: terms.StartsAt > asOf ? outstanding : 0,
            Expired: terms.ExpiresAt <= asOf ? outstanding : 0);
        var issued = MonthOf(certificate.CreatedAt);
        months[issued] = months.GetValueOrDefault(issued) + totals;
    }

    public LiabilityReport Report() => new(
        months.Values.Aggregate(default(LiabilityTotals), (sum, totals) => sum + totals),
        [.. months.OrderBy(known => known.Key).Select(known => (known.Key, known.Value))]);

    private (bool IsActive, CertificateTerms Terms) AsItWas(Certificate certificate)
    {
        var (isActive, terms) = (certificate.IsActive, certificate.Terms);
        if (!laterChanges.TryGetValue(certificate.Id, out var changes))
            return (isActive, terms);
        for (var at = changes.Count - 1; at >= 0; at--)
        {
            if (changes[at].Kind == EntryKind.Rescheduled)
                terms = EntryDetail.Undo(changes[at].Detail!, terms);
            else
                isActive = changes[at].Kind == EntryKind.Deactivated;
        }
        return (isActive, terms);
    }

    private List<Entry> Later(long certificateId)
    {
        if (!laterChanges.TryGetValue(certificateId, out var changes))
            laterChanges.Add(certificateId, changes = []);
        return changes;
    }

    /// <summary>Many certificates are issued in one call.</summary>
    private DateOnly MonthOf(DateTimeOffset issued)
    {
        if (issued != monthOf)
        {
            var local = TimeZoneInfo.ConvertTime(issued, zone);
            (monthOf, month) = (issued, new DateOnly(local.Year, local.Month, 1));
        }
        return month;
    }

    /// <summary>The sums of one certificate's entries up to the instant.</summary>
    private struct Movements
    {
        public long Adjusted;
        public long Captured;
        public long Refunded;
        public long Forfeited;
        public long Outstanding;
        public long Held;
        public bool HasMoved;

        public void Add(in Entry entry)
        {
            switch (entry.Kind)
            {
                case EntryKind.Adjusted:
                    Adjusted += entry.Amount;
                    break;
                case EntryKind.Captured:
                    Captured -= entry.Amount;
                    break;
                case EntryKind.Refunded:
                    Refunded += entry.Amount;
                    break;
                case EntryKind.Forfeited:
                    Forfeited -= entry.Amount;
                    break;
                default:
                    break;
            }
            Outstanding = entry.BalanceAfter + entry.HeldAfter;
            Held = entry.HeldAfter;
            HasMoved = true;
        }
    }
}
