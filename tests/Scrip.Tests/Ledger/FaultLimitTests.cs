using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>A refused bulk call names its first 1,000 faults and counts all its faulty items.</summary>
public sealed class FaultLimitTests
{
    [Theory]
    [InlineData(999, 999)]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1000)]
    [InlineData(2500, 1000)]
    public void The_first_1000_missing_certificates_are_named_and_all_are_counted(int missing, int named)
    {
        var command = CommandText.Parse($"update {string.Join(' ', Enumerable.Range(1, missing).Select(id => $"{id}:C{id}"))}");
        var outcome = (CertificatesOutcome)command.ApplyTo(LedgerTable.StateOf([]), Instants.Start).Outcome;
        Assert.Equal((named, missing), (outcome.Faults.Count, outcome.FaultyItems));
        Assert.Equal(Enumerable.Range(0, named), outcome.Faults.Select(fault => fault.Index));
    }

    [Fact]
    public void An_item_with_two_faults_counts_once()
    {
        var stored = Enumerable.Range(1, 700).Select(id => LedgerTable.Stored($"stored {id}:C{id}=10 spent 10")).ToList();
        stored.Add(LedgerTable.Stored("stored 701:TAKEN"));
        var changes = string.Join(' ', Enumerable.Range(1, 700).Select(id => $"{id}:{(id == 1 ? "TAKEN" : $"C{id}")}=9"));
        var applied = CommandText.Parse($"update {changes}").ApplyTo(LedgerTable.StateOf(stored), Instants.Start);
        var outcome = (CertificatesOutcome)applied.Outcome;
        Assert.Equal((701, 700), (outcome.Faults.Count, outcome.FaultyItems));
    }

    [Fact]
    public void A_replay_names_and_counts_the_same()
    {
        var command = CommandText.Parse(
            $"update {string.Join(' ', Enumerable.Range(1, 1500).Select(id => $"{id}:C{id}"))}", identity: CommandText.Identity("key"));
        var applied = command.ApplyTo(LedgerTable.StateOf([]), Instants.Start);
        Assert.Equal(OutcomeText.Of(applied.Outcome), OutcomeText.Of(command.Recall(applied.Receipt!.Value)));
    }
}
