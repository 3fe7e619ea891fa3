using System.Runtime.InteropServices;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>
/// Computes a report from the journal and the current certificates: first add every entry in the order of ids, then every certificate.
/// Amounts come from the entries up to the instant. The active flag and the terms come from the certificate, with later changes undone.
/// <para>
/// Ids order what happened to a certificate; dates do not, because a clock may have been set back. So an entry counts if it, or a later
/// entry of the same certificate, is dated up to the instant. Every certificate is thus reported in a state that it really had.
/// </para>
/// </summary>
public sealed class LiabilityCalculation(DateTimeOffset asOf, TimeZoneInfo zone, long lastCertificateId)
{
    private readonly Movements[] movements = new Movements[lastCertificateId + 1];

    /// <summary>What happened to each certificate after its last entry that counts so far.</summary>
    private readonly Dictionary<long, Later> later = [];
    private readonly Dictionary<DateOnly, LiabilityTotals> months = [];
    private DateTimeOffset monthOf;
    private DateOnly month;

    /// <summary>Entries up to this number count whatever their dates; 0 if only dates decide.</summary>
    public long CommittedEntryId { get; init; }

    public void Add(in Entry entry)
    {
        if (!Counts(entry.Id, entry.CreatedAt))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(later, entry.CertificateId, out _).Add(entry);
            return;
        }
        ref var counted = ref movements[entry.CertificateId];
        if (later.Remove(entry.CertificateId, out var earlier))
            counted.Add(earlier.Movements);
        counted.Add(entry);
    }

    public void Add(Certificate certificate)
    {
        var moved = movements[certificate.Id];
        if (!moved.HasMoved && !Counts(certificate.IssuedEntryId, certificate.CreatedAt))
            return;
        var (isActive, terms) = AsItWas(certificate);
        var outstanding = moved.HasMoved ? moved.Outstanding : certificate.IssuedValue;
        var totals = new LiabilityTotals(
            Certificates: 1,
            certificate.IssuedValue,
            moved.Adjusted,
            moved.SpentBefore,
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

    private bool Counts(long entryId, DateTimeOffset createdAt) => entryId <= CommittedEntryId || createdAt <= asOf;

    private (bool IsActive, CertificateTerms Terms) AsItWas(Certificate certificate)
    {
        var (isActive, terms) = (certificate.IsActive, certificate.Terms);
        if (later.GetValueOrDefault(certificate.Id).Changes is not { } changes)
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

    /// <summary>The month of an issue, cached because one call issues many certificates.</summary>
    private DateOnly MonthOf(DateTimeOffset issued)
    {
        if (issued != monthOf)
        {
            var local = TimeZoneInfo.ConvertTime(issued, zone);
            (monthOf, month) = (issued, new DateOnly(local.Year, local.Month, 1));
        }
        return month;
    }

    /// <summary>The sums of consecutive entries of one certificate, with the state after the last of them.</summary>
    private struct Movements
    {
        public long Adjusted;
        public long SpentBefore;
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
                case EntryKind.Opening:
                    SpentBefore -= entry.Amount;
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

        public void Add(in Movements following)
        {
            Adjusted += following.Adjusted;
            SpentBefore += following.SpentBefore;
            Captured += following.Captured;
            Refunded += following.Refunded;
            Forfeited += following.Forfeited;
            (Outstanding, Held, HasMoved) = (following.Outstanding, following.Held, true);
        }
    }

    private struct Later
    {
        public Movements Movements;

        /// <summary>The entries that change the active flag or the terms; null until the first one.</summary>
        public List<Entry>? Changes;

        public void Add(in Entry entry)
        {
            Movements.Add(entry);
            if (entry is { Kind: EntryKind.Activated or EntryKind.Deactivated or EntryKind.Rescheduled, RedemptionId: 0 })
                (Changes ??= []).Add(entry);
        }
    }
}
