using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Ledger.Reports;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

public sealed partial class LedgerLaws
{
    [Fact]
    public void Money_is_never_negative_and_never_more_than_there_is() => Holds((_, ledger) =>
    {
        Assert.All(ledger.Certificates, one =>
        {
            Assert.True(one is { FaceValue: >= 0, Spent: >= 0, Held: >= 0, Balance: >= 0 });
            Assert.Equal(one.FaceValue, one.Spent + one.Held + one.Balance);
        });
        Assert.All(ledger.Redemptions, one =>
        {
            Assert.InRange(one.Amount, 1, long.MaxValue);
            Assert.InRange(one.Captured, 0, one.Amount);
            Assert.InRange(one.Refunded, 0, one.Captured);
            Assert.InRange(one.BalanceAfter, 0, long.MaxValue);
            Assert.Equal(one.State == RedemptionState.Held, one.Held > 0);
        });
        Assert.All(ledger.Entries, entry =>
            Assert.True(entry is { BalanceAfter: >= 0, HeldAfter: >= 0 } && entry.BalanceAfter + entry.HeldAfter <= entry.FaceValueAfter));
    });

    /// <summary>
    /// Computes the balances from the kind and amount of each line, beginning with the issue, and compares them with those in the line and
    /// in the certificate.
    /// </summary>
    [Fact]
    public void Replaying_the_journal_comes_to_what_is_stored() => Holds((_, ledger) =>
    {
        foreach (var certificate in ledger.Certificates)
        {
            var (faceValue, spent, held) = (certificate.IssuedValue, 0L, 0L);
            var heldBy = new Dictionary<long, long>();
            foreach (var entry in JournalOf(certificate, ledger))
            {
                switch (entry.Kind)
                {
                    case EntryKind.Adjusted:
                        faceValue += entry.Amount;
                        break;
                    case EntryKind.Held:
                        held -= entry.Amount;
                        heldBy[entry.RedemptionId] = -entry.Amount;
                        break;
                    case EntryKind.Captured:
                        spent -= entry.Amount;
                        if (!heldBy.TryGetValue(entry.RedemptionId, out var of))
                            break;
                        held += entry.Amount;
                        heldBy[entry.RedemptionId] = of + entry.Amount;
                        break;
                    case EntryKind.Released or EntryKind.HoldExpired:
                        held -= entry.Amount;
                        Assert.Equal(heldBy[entry.RedemptionId], entry.Amount);
                        heldBy[entry.RedemptionId] = 0;
                        break;
                    case EntryKind.Refunded or EntryKind.Forfeited or EntryKind.Opening:
                        spent -= entry.Amount;
                        break;
                    default:
                        Assert.Equal(0, entry.Amount);
                        break;
                }
                Assert.Equal(
                    (faceValue, held, faceValue - spent - held), (entry.FaceValueAfter, entry.HeldAfter, entry.BalanceAfter));
            }
            Assert.Equal((faceValue, spent, held), (certificate.FaceValue, certificate.Spent, certificate.Held));
        }
    });

    [Fact]
    public void What_the_redemptions_say_is_what_the_certificates_and_the_journal_say() => Holds((_, ledger) =>
    {
        foreach (var certificate in ledger.Certificates)
        {
            var own = ledger.Redemptions.Where(redemption => redemption.CertificateId == certificate.Id).ToList();
            Assert.Equal(certificate.Held, own.Sum(redemption => redemption.Held));
            var ofNoRedemption = -JournalOf(certificate, ledger)
                .Where(entry => entry.Kind is EntryKind.Forfeited or EntryKind.Opening).Sum(entry => entry.Amount);
            Assert.Equal(certificate.Spent, own.Sum(redemption => redemption.Captured - redemption.Refunded) + ofNoRedemption);
        }
        foreach (var redemption in ledger.Redemptions)
        {
            var entries = ledger.Entries.Where(entry => entry.RedemptionId == redemption.Id).ToList();
            Assert.All(entries, entry => Assert.Equal(redemption.CertificateId, entry.CertificateId));
            Assert.Equal(redemption.Captured, -entries.Where(entry => entry.Kind == EntryKind.Captured).Sum(entry => entry.Amount));
            Assert.Equal(redemption.Refunded, entries.Where(entry => entry.Kind == EntryKind.Refunded).Sum(entry => entry.Amount));
            Assert.Equal(redemption.BalanceAfter, entries[^1].BalanceAfter);
            var isHold = redemption.HoldExpiresAt is not null;
            Assert.Equal(isHold ? EntryKind.Held : EntryKind.Captured, entries[0].Kind);
            Assert.Equal(
                redemption.State is RedemptionState.Released or RedemptionState.Expired ? 1 : 0,
                entries.Count(entry => entry.Kind == (redemption.State == RedemptionState.Expired ? EntryKind.HoldExpired : EntryKind.Released)
                    && redemption.State != RedemptionState.Captured));
            Assert.InRange(entries.Count(entry => entry.Kind is EntryKind.Released or EntryKind.HoldExpired), 0, isHold ? 1 : 0);
        }
    });

    [Fact]
    public void A_certificate_has_a_reference_once_among_what_is_held_or_captured_and_not_all_refunded() => Holds((_, ledger) =>
    {
        var live = ledger.Redemptions.Where(redemption =>
            redemption is { State: RedemptionState.Held } or { State: RedemptionState.Captured, Refundable: > 0 }).ToList();
        Assert.Equal(live.Count, live.DistinctBy(redemption => (redemption.CertificateId, redemption.Reference)).Count());
    });

    [Fact]
    public void No_hold_outlives_its_end_and_none_ends_by_itself_before_it() => Holds((history, ledger) =>
    {
        Assert.DoesNotContain(ledger.Redemptions, redemption => redemption.HasRunOut(history[^1].At));
        foreach (var entry in ledger.Entries.Where(entry => entry.Kind == EntryKind.HoldExpired))
            Assert.Equal(ledger.Redemptions.Single(redemption => redemption.Id == entry.RedemptionId).HoldExpiresAt, entry.CreatedAt);
    });

    /// <summary>
    /// The movements of a period are the amounts of its entries, one by one, if the clock moved forward; and the balances before and after
    /// it differ by them, however the clock moved.
    /// </summary>
    [Fact]
    public void Movements_lead_from_the_opening_balance_to_the_closing_one() => Holds((_, ledger) =>
    {
        var instants = ledger.Entries.Select(entry => entry.CreatedAt).Append(Instants.Start).Distinct().Order().ToList();
        var ends = instants.Where((_, at) => at % 3 == 0).Append(instants[^1].AddSeconds(1)).ToList();
        foreach (var from in ends)
        {
            foreach (var end in ends.Where(end => end >= from))
            {
                var closing = ReportAsOf(end.AddMicroseconds(-1), ledger);
                var period = closing.Since(ReportAsOf(from.AddMicroseconds(-1), ledger));
                foreach (var totals in period.ByMonthOfIssue.Select(month => month.Totals).Append(period.Total))
                {
                    Assert.Equal(
                        totals.Outstanding,
                        totals.Opening + totals.Issued + totals.Adjusted - totals.SpentBefore - totals.Captured + totals.Refunded - totals.Forfeited);
                }
                if (!ledger.Certificates.All(certificate => IsInOrder(certificate, JournalOf(certificate, ledger))))
                    continue;
                var within = ledger.Entries.Where(entry => entry.CreatedAt >= from && entry.CreatedAt < end).ToList();
                Assert.Equal(
                    (Issued(from, end), Sum(EntryKind.Adjusted), -Sum(EntryKind.Captured), Sum(EntryKind.Refunded), -Sum(EntryKind.Forfeited)),
                    (period.Total.Issued, period.Total.Adjusted, period.Total.Captured, period.Total.Refunded, period.Total.Forfeited));
                Assert.Equal(-Sum(EntryKind.Opening), period.Total.SpentBefore);

                Int128 Sum(EntryKind kind) => within.Where(entry => entry.Kind == kind).Sum(entry => entry.Amount);
            }
        }

        Int128 Issued(DateTimeOffset from, DateTimeOffset end) => ledger.Certificates
            .Where(certificate => certificate.CreatedAt >= from && certificate.CreatedAt < end).Sum(certificate => certificate.IssuedValue);

        static bool IsInOrder(Certificate certificate, IEnumerable<Entry> journal) =>
            journal.Select(entry => entry.CreatedAt).Prepend(certificate.CreatedAt).ToList() is var dates && dates.SequenceEqual(dates.Order());
    });

    private static LiabilityReport ReportAsOf(DateTimeOffset asOf, MemoryLedger ledger)
    {
        var calculation = new LiabilityCalculation(asOf, TimeZoneInfo.Utc, ledger.Certificates.Count);
        foreach (var entry in ledger.Entries)
            calculation.Add(entry);
        foreach (var certificate in ledger.Certificates.OrderBy(certificate => certificate.Id))
            calculation.Add(certificate);
        return calculation.Report();
    }

    /// <summary>The accountant's equation, for the whole ledger and by month of issue, at the instant of each entry.</summary>
    [Fact]
    public void What_was_issued_and_not_spent_is_outstanding_at_every_instant() => Holds((_, ledger) =>
    {
        // The reports include everything written before, which a clock that was set back may date later.
        foreach (var asOf in ledger.Entries.Select(entry => entry.CreatedAt).Append(Instants.Start).Append(DateTimeOffset.MaxValue).Distinct())
        {
            var report = ReportAsOf(asOf, ledger);
            foreach (var totals in report.ByMonthOfIssue.Select(month => month.Totals).Append(report.Total))
            {
                Assert.Equal(
                    totals.Outstanding,
                    totals.Issued + totals.Adjusted - totals.SpentBefore - totals.Captured + totals.Refunded - totals.Forfeited);
                Assert.All(
                    new[] { totals.Held, totals.Inactive, totals.NotStarted, totals.Expired },
                    part => Assert.InRange(part, Int128.Zero, totals.Outstanding));
            }
            if (asOf == DateTimeOffset.MaxValue)
            {
                Assert.Equal(ledger.Certificates.Sum(certificate => certificate.Outstanding), report.Total.Outstanding);
                Assert.Equal(ledger.Certificates.Sum(certificate => certificate.Held), report.Total.Held);
            }
        }
    });
}
