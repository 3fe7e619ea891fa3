using FsCheck;
using FsCheck.Fluent;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>
/// What is true after any history of writes, in groups of any size, while the clock moves forward and sometimes back. A failure prints the
/// shortest history found; put the seed that it prints into <see cref="Config.WithReplay"/>.
/// </summary>
public sealed partial class LedgerLaws
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(80).WithQuietOnSuccess(true);

    [Fact]
    public void Every_history_comes_to_what_a_plain_model_says() => Holds((history, ledger) =>
    {
        var model = new PlainModel(Stored());
        foreach (var step in history)
            Assert.Equal(model.Run(step.Command, step.At), OutcomeText.Of(step.Outcome));
        Assert.Equal(model.Certificates, ledger.Certificates.OrderBy(certificate => certificate.Id).Select(CertificateText));
        Assert.Equal(model.Batches, ledger.Batches.OrderBy(batch => batch.Id).Select(OutcomeText.Of));
        Assert.Equal(model.Redemptions, ledger.Redemptions.OrderBy(redemption => redemption.Id).Select(RedemptionText));

        static string CertificateText(Certificate one) => OutcomeText.Certificate(
            one.Id, one.Code.Text, one.FaceValue, one.IsActive, one.Version) + $" spent {one.Spent} held {one.Held}";

        string RedemptionText(Redemption one) => OutcomeText.Of(new RedemptionLine(
            one.Id, one.CertificateId, CertificateOf(one, ledger).Code, one.Reference, one.State, one.Amount, one.Captured, one.Refunded,
            one.BalanceAfter, one.CreatedAt, one.HoldExpiresAt));
    });

    [Fact]
    public void Ids_have_no_gaps_and_codes_no_doubles() => Holds((_, ledger) =>
    {
        Assert.Equal(Numbers(ledger.Certificates.Count), ledger.Certificates.Select(certificate => certificate.Id).Order());
        Assert.Equal(Numbers(ledger.Redemptions.Count), ledger.Redemptions.Select(redemption => redemption.Id).Order());
        Assert.Equal(ledger.Certificates.Count, ledger.Certificates.Select(certificate => certificate.Code).Distinct().Count());
        // Each journal number belongs to an entry or to an issue.
        var numbers = ledger.Entries.Select(entry => entry.Id).Concat(ledger.Certificates.Select(certificate => certificate.IssuedEntryId));
        Assert.Equal(Numbers(ledger.Entries.Count + ledger.Certificates.Count), numbers.Order());
    });

    [Fact]
    public void The_journal_tells_every_name_state_and_term_a_certificate_had() => Holds((history, ledger) =>
    {
        var issued = history.Where(step => step.Outcome is CertificatesOutcome { Verdict: CertificatesVerdict.Accepted })
            .SelectMany(step => ((CertificatesOutcome)step.Outcome).Lines.Select((line, at) => (Line: line, Made: MadeBy(step.Command, at))))
            .Where(line => line.Made is not null)
            .ToDictionary(line => line.Line.Id, line => (line.Line.Code.Text, line.Line.IsActive, line.Made!));
        var imported = ImportedIn(history);
        foreach (var certificate in Stored())
            issued[certificate.Id] = (certificate.Code.Text, certificate.IsActive, certificate.Terms);
        foreach (var certificate in ledger.Certificates)
        {
            var (code, isActive, terms) = (certificate.Code.Text, certificate.IsActive, certificate.Terms);
            foreach (var entry in JournalOf(certificate, ledger).Reverse())
            {
                if (entry.Kind == EntryKind.Renamed)
                {
                    Assert.Equal(code, OutcomeText.Code(entry, "after"));
                    code = OutcomeText.Code(entry, "before");
                }
                else if (entry.Kind is EntryKind.Activated or EntryKind.Deactivated)
                {
                    Assert.Equal(isActive, entry.Kind == EntryKind.Activated);
                    isActive = !isActive;
                }
                else if (entry is { Kind: EntryKind.Rescheduled, RedemptionId: 0 })
                {
                    terms = EntryDetail.Undo(entry.Detail!, terms);
                }
            }
            // What an import made of which item its outcome does not say.
            if (!imported.Contains(certificate.Id))
                Assert.Equal(issued[certificate.Id], (code, isActive, terms));
        }
    });

    [Fact]
    public void Batches_have_no_gaps_and_no_certificate_in_common() => Holds((_, ledger) =>
    {
        var batches = ledger.Batches.OrderBy(batch => batch.Id).ToList();
        Assert.Equal(Numbers(batches.Count), batches.Select(batch => batch.Id));
        Assert.All(batches.Zip(batches.Skip(1)), pair => Assert.True(pair.First.LastCertificateId < pair.Second.FirstCertificateId));
        Assert.All(batches, batch =>
        {
            var made = ledger.Certificates.Where(one => one.Id >= batch.FirstCertificateId && one.Id <= batch.LastCertificateId).ToList();
            Assert.Equal(batch.Certificates, made.Count);
            Assert.Equal(batch.Units, made.Sum(one => one.IssuedValue / 100));
            Assert.All(made, one => Assert.Equal((batch.CreatedAt, batch.CreatedBy), (one.CreatedAt, one.CreatedBy)));
        });
    });

    [Fact]
    public void Versions_only_rise_and_what_has_the_same_version_is_the_same() => Holds((history, _) =>
    {
        var imported = ImportedIn(history);
        var last = Stored().ToDictionary(
            certificate => certificate.Id,
            certificate => new CertificateLine(
                certificate.Id, certificate.Code, certificate.IsActive, certificate.FaceValue, certificate.Version));
        foreach (var line in history.Select(step => step.Outcome).OfType<CertificatesOutcome>().SelectMany(outcome => outcome.Lines))
        {
            if (!last.TryGetValue(line.Id, out var before))
                Assert.InRange(line.Version, 1, imported.Contains(line.Id) ? long.MaxValue : 1);
            else if (line != before)
                Assert.InRange(line.Version, before.Version + 1, long.MaxValue);
            last[line.Id] = line;
        }
    });

    [Fact]
    public void Every_receipt_recalls_its_outcome() => Holds((history, _) =>
    {
        foreach (var step in history)
            LedgerTable.CheckReceipt(step.Command, step.Applied);
    });

    [Fact]
    public void A_timeline_walked_back_from_the_certificate_meets_every_line_about_it() => Holds((_, ledger) =>
    {
        var lines = ledger.Entries.ToDictionary(entry => entry.Id);
        foreach (var certificate in ledger.Certificates)
        {
            var walked = new List<Entry>();
            for (var id = certificate.LastEntryId; id != certificate.IssuedEntryId; id = lines[id].PreviousId)
                walked.Insert(0, lines[id]);
            Assert.Equal(JournalOf(certificate, ledger), walked);
        }
    });

    private static void Holds(Action<IReadOnlyList<LedgerStep>, MemoryLedger> law) =>
        Check.One(Runs, Prop.ForAll(RandomHistory.Any, rows =>
        {
            var ledger = new MemoryLedger(Stored());
            law(LedgerHistory.Run(rows, ledger), ledger);
        }));

    /// <summary>Two certificates, one of them for single use, so that even a short history has something to pay with.</summary>
    private static Certificate[] Stored() => [LedgerTable.Stored("stored 1:A=500/on"), LedgerTable.Stored("stored 2:Z=100/single")];

    /// <summary>The terms with which a write issued its certificate at a place; null for a write that issues none.</summary>
    private static CertificateTerms? MadeBy(Command command, int at) => command switch
    {
        CreateCertificates create => create.Items[at].Terms ?? CertificateTerms.Unlimited,
        GenerateCertificates generate => generate.Terms ?? CertificateTerms.Unlimited,
        _ => null,
    };

    /// <summary>The ids of certificates that an import made, whose outcome tells no more of them.</summary>
    private static HashSet<long> ImportedIn(IReadOnlyList<LedgerStep> history) =>
    [
        .. history.Select(step => step.Outcome).OfType<ImportOutcome>().Where(outcome => outcome is { IsAccepted: true, FirstId: > 0 })
            .SelectMany(outcome => Numbers(outcome.Created).Select(number => outcome.FirstId + number - 1)),
    ];

    private static IEnumerable<long> Numbers(int count) => Enumerable.Range(1, count).Select(number => (long)number);

    private static IEnumerable<Entry> JournalOf(Certificate certificate, MemoryLedger ledger) =>
        ledger.Entries.Where(entry => entry.CertificateId == certificate.Id);

    private static Certificate CertificateOf(Redemption redemption, MemoryLedger ledger) =>
        ledger.Certificates.Single(certificate => certificate.Id == redemption.CertificateId);
}
