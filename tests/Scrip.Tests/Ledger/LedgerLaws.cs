using FsCheck;
using FsCheck.Fluent;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>
/// What holds after any history of creates and updates, in groups of any size. A failure prints the shortest history found; the seed it
/// prints goes into <see cref="Config.WithReplay"/>.
/// </summary>
public sealed class LedgerLaws
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(60).WithQuietOnSuccess(true);

    [Fact]
    public void Every_history_comes_to_what_a_plain_model_says() => Holds((history, ledger) =>
    {
        var model = new PlainModel(Stored());
        foreach (var (command, outcome) in history)
            Assert.Equal(model.Run(command), OutcomeText.Of(outcome));
        Assert.Equal(model.Certificates, ledger.Certificates.OrderBy(certificate => certificate.Id).Select(Text));

        static string Text(Certificate certificate) => OutcomeText.Certificate(
            certificate.Id, certificate.Code.Text, certificate.FaceValue, certificate.IsActive, certificate.Version);
    });

    [Fact]
    public void Ids_have_no_gaps_and_codes_no_doubles() => Holds((_, ledger) =>
    {
        var ids = ledger.Certificates.Select(certificate => certificate.Id).Order();
        Assert.Equal(Enumerable.Range(1, ledger.Certificates.Count).Select(id => (long)id), ids);
        Assert.Equal(ledger.Certificates.Count, ledger.Certificates.Select(certificate => certificate.Code).Distinct().Count());
    });

    [Fact]
    public void The_face_value_is_what_was_issued_and_what_the_journal_adjusted() => Holds((_, ledger) =>
    {
        foreach (var certificate in ledger.Certificates)
        {
            var adjusted = JournalOf(certificate, ledger).Where(entry => entry.Kind == EntryKind.Adjusted).Sum(entry => entry.Amount);
            Assert.Equal(certificate.FaceValue, certificate.IssuedValue + adjusted);
            Assert.True(certificate.Spent + certificate.Held <= certificate.FaceValue);
            Assert.Equal(certificate.FaceValue - certificate.Spent - certificate.Held, certificate.Balance);
        }
    });

    [Fact]
    public void Each_line_of_the_journal_goes_on_from_the_balance_before_it() => Holds((_, ledger) =>
    {
        foreach (var certificate in ledger.Certificates)
        {
            var balance = certificate.IssuedValue - certificate.Spent - certificate.Held;
            foreach (var entry in JournalOf(certificate, ledger))
            {
                balance += entry.Amount;
                Assert.Equal(balance, entry.BalanceAfter);
            }
            Assert.Equal(certificate.Balance, balance);
        }
    });

    [Fact]
    public void The_journal_tells_every_name_and_state_a_certificate_had() => Holds((history, ledger) =>
    {
        var issued = history.Select(step => step.Outcome).OfType<CertificatesOutcome>()
            .SelectMany(outcome => outcome.Lines).Where(line => line.Version == 1).DistinctBy(line => line.Id)
            .ToDictionary(line => line.Id, line => (Code: line.Code.Text, line.IsActive));
        foreach (var certificate in Stored())
            issued[certificate.Id] = (certificate.Code.Text, certificate.IsActive);
        foreach (var certificate in ledger.Certificates)
        {
            var (code, isActive) = issued[certificate.Id];
            foreach (var entry in JournalOf(certificate, ledger))
            {
                if (entry.Kind == EntryKind.Renamed)
                {
                    Assert.Equal(code, OutcomeText.Code(entry, "before"));
                    code = OutcomeText.Code(entry, "after");
                }
                else if (entry.Kind is EntryKind.Activated or EntryKind.Deactivated)
                {
                    Assert.Equal(isActive, entry.Kind == EntryKind.Deactivated);
                    isActive = !isActive;
                }
            }
            Assert.Equal((certificate.Code.Text, certificate.IsActive), (code, isActive));
        }
    });

    [Fact]
    public void Versions_only_rise_and_by_one_for_each_change() => Holds((history, _) =>
    {
        var last = Stored().ToDictionary(
            certificate => certificate.Id,
            certificate => new CertificateLine(
                certificate.Id, certificate.Code, certificate.IsActive, certificate.FaceValue, certificate.Version));
        foreach (var line in history.SelectMany(step => ((CertificatesOutcome)step.Outcome).Lines))
        {
            if (last.TryGetValue(line.Id, out var before))
                Assert.Equal(line with { Version = before.Version } == before ? before.Version : before.Version + 1, line.Version);
            else
                Assert.Equal(1, line.Version);
            last[line.Id] = line;
        }
    });

    [Fact]
    public void Every_receipt_recalls_its_outcome() => Holds((history, _) =>
    {
        foreach (var (command, outcome, receipt) in history.Select(step => (step.Command, step.Outcome, step.Receipt)))
            Assert.Equal(OutcomeText.Of(outcome), OutcomeText.Of(command.Recall(receipt)));
    });

    private static void Holds(Action<IReadOnlyList<Step>, MemoryLedger> law) =>
        Check.One(Runs, Prop.ForAll(RandomHistory.Any, rows =>
        {
            var ledger = new MemoryLedger(Stored());
            law(Run(rows, ledger), ledger);
        }));

    /// <summary>Two certificates that were paid with already; redemptions are not among the commands yet.</summary>
    private static Certificate[] Stored() =>
        [LedgerTable.Stored("stored 1:A=500/on spent 200 held 100"), LedgerTable.Stored("stored 2:Z=100/off spent 100")];

    private static List<Step> Run(string[] rows, MemoryLedger ledger)
    {
        var steps = new List<Step>();
        var group = new List<Command>();
        foreach (var row in rows.Append(RandomHistory.Commit))
        {
            if (row != RandomHistory.Commit)
            {
                group.Add(CommandText.Parse(row, identity: CommandText.Identity("key")));
                continue;
            }
            var state = ledger.Begin(group);
            foreach (var command in group)
            {
                var applied = command.ApplyTo(state, Instants.Later(1));
                steps.Add(new Step(command, applied.Outcome, applied.Receipt!.Value));
            }
            ledger.Commit(state);
            group.Clear();
        }
        return steps;
    }

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
        // Each number is that of an entry or of an issue.
        var numbers = ledger.Entries.Select(entry => entry.Id).Concat(ledger.Certificates.Select(certificate => certificate.IssuedEntryId));
        Assert.Equal(
            Enumerable.Range(1, ledger.Entries.Count + ledger.Certificates.Count).Select(id => (long)id), numbers.Order());
    });

    private static IEnumerable<Entry> JournalOf(Certificate certificate, MemoryLedger ledger) =>
        ledger.Entries.Where(entry => entry.CertificateId == certificate.Id);

    private sealed record Step(Command Command, object Outcome, ReadOnlyMemory<byte> Receipt)
    {
        public void Deconstruct(out Command command, out object outcome) => (command, outcome) = (Command, Outcome);
    }
}
