using Scrip.Ledger.Issuing;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

public sealed class ImportCertificatesTests
{
    [Fact]
    public void What_was_spent_before_is_an_entry_of_its_own() => LedgerTable.Check("""
        stored 1:OLD=100
        import A=500-200/off B=300 C=50-50  => Imported 3 skipped 0 value 850 balance 600 | 2 Opening -200 balance 300, 4 Opening -50 balance 0
        redeem B 100 R1                     => Captured 1:R1 of 3:B 100-100+0 balance 200 | 3 Captured r1 -100 balance 200
        update 2:=450/on                    => Accepted 2:A=450/on v2 | 2 Adjusted -50 balance 250 500>450, 2 Activated 0 balance 250
        update 2:=199                       => Conflict(1) 0 ValueBelowUsed 200
        import                              => Imported 0 skipped 0 value 0 balance 0
        """);

    [Fact]
    public void Codes_that_are_there_or_alike_are_refused_skipped_or_left_out() => LedgerTable.Check("""
        stored 1:OLD=100
        import A=1 OLD=5 old=5 B           => Refused skipped 0: 1 CodeTaken 1, 2 CodeSimilar 1
        import A=1 OLD=5 B !skip           => Imported 2 skipped 1 value 1 balance 1
        import a=1 C=2                     => Refused skipped 0: 0 CodeSimilar 2
        import a=1 C=2 OLD !leave          => Imported 1 skipped 0 value 2 balance 2: 0 CodeSimilar 2, 2 CodeTaken 1
        import a=1 OLD D !skip             => Refused skipped 1: 0 CodeSimilar 2
        import a=1 OLD D=4-1 !skip !leave  => Imported 1 skipped 1 value 4 balance 3: 0 CodeSimilar 2 | 5 Opening -1 balance 3
        """);

    [Fact]
    public void What_a_row_says_of_an_existing_certificate_is_done_like_an_update() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:B=100
        import A=600/off C=50-20 B=100 !update => Imported 1 skipped 1 value 50 balance 30 updated 1 by 100
                                                | 3 Opening -20 balance 30, 1 Adjusted +100 balance 600 500>600, 1 Deactivated 0 balance 600
        import A=600/off C=50-20 B=100 !update => Imported 0 skipped 3 value 0 balance 0
        redeem B 40 R1                         => Captured 1:R1 of 2:B 40-40+0 balance 60 | 2 Captured r1 -40 balance 60
        import B=100-40/until60 !update        => Imported 0 skipped 0 value 0 balance 0 updated 1 by 0 | 2 Rescheduled 0 balance 60 expires_at
        import B=40 a=1 !update !leave         => Imported 0 skipped 0 value 0 balance 0 updated 1 by -60: 1 CodeSimilar 1
                                                | 2 Adjusted -60 balance 0 100>40
        """);

    /// <summary>What was spent is in the ledger alone: no file makes money or loses it.</summary>
    [Fact]
    public void A_balance_that_differs_from_the_ledger_is_refused() => LedgerTable.Check("""
        stored 1:A=500 spent 100 held 50
        import A=500-150 !update               => Imported 0 skipped 1 value 0 balance 0
        import A=500-100 !update               => Refused skipped 0: 0 BalanceDiffers 350
        import A/off/left350 !update           => Imported 0 skipped 0 value 0 balance 0 updated 1 by 0 | 1 Deactivated 0 balance 350
        import A/left500 !update               => Refused skipped 0: 0 BalanceDiffers 350
        import A=600-250 B=1 !update           => Refused skipped 0: 0 BalanceDiffers 450
        import A=600-150 B=1 !update           => Imported 1 skipped 0 value 1 balance 1 updated 1 by 100 | 1 Adjusted +100 balance 450 500>600
        import A=149 !update                   => Refused skipped 0: 0 ValueBelowUsed 150
        import A=149/from9/until8 B=2 !update !leave
                                               => Imported 0 skipped 0 value 0 balance 0 updated 1 by 1: 0 ValueBelowUsed 150, 0 ExpiresBeforeStart 0
                                                | 2 Adjusted +1 balance 2 1>2
        """);

    [Fact]
    public void A_dry_run_decides_the_same_and_writes_nothing() => LedgerTable.Check("""
        stored 1:OLD=100
        import A=500-200 B !dry            => Imported 2 skipped 0 value 500 balance 300
        import A=500-200 OLD !dry          => Refused skipped 0: 1 CodeTaken 1
        import A=5 OLD=90 !update !dry     => Imported 1 skipped 0 value 5 balance 5 updated 1 by -10
        import A=500-200 OLD !leave !dry   => Imported 1 skipped 0 value 500 balance 300: 1 CodeTaken 1
        create B                           => Accepted 2:B=0/on v1
        """);

    [Theory]
    [InlineData("import X=500-200 Y=1", "Imported 2 skipped 0 value 501 balance 301")]
    [InlineData("import X A a Z=1 !leave !skip", "Imported 2 skipped 1 value 1 balance 1: 2 CodeSimilar 1")]
    [InlineData("import X=1 A=800/off a !leave !update", "Imported 1 skipped 0 value 1 balance 1 updated 1 by -100: 2 CodeSimilar 1")]
    public void An_import_is_recalled_from_its_receipt(string request, string outcome)
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=900")]);
        var command = CommandText.Parse(request, identity: CommandText.Identity("key"));

        var applied = command.ApplyTo(state, Instants.Start);

        Assert.Equal(outcome, OutcomeText.Of(applied.Outcome));
        Assert.Equal(outcome, OutcomeText.Of(command.Recall(applied.Receipt!.Value)));
        Assert.Equal(((ImportOutcome)applied.Outcome).FirstId, ((ImportOutcome)command.Recall(applied.Receipt!.Value)).FirstId);
    }

    /// <summary>A caller who corrects the file sends it with the same key.</summary>
    [Fact]
    public void A_refused_import_is_not_remembered()
    {
        var command = CommandText.Parse("import A", identity: CommandText.Identity("key"));

        var applied = command.ApplyTo(LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=900")]), Instants.Start);

        Assert.Equal("Refused skipped 0: 0 CodeTaken 1", OutcomeText.Of(applied.Outcome));
        Assert.Null(applied.Receipt);
    }

    /// <summary>The largest import has more than a long holds.</summary>
    [Fact]
    public void Sums_of_the_largest_values_are_exact()
    {
        var items = Enumerable.Range(0, 10_000).Select(number => $"C{number}=1000000000000000");

        var applied = CommandText.Parse($"import {string.Join(' ', items)}").ApplyTo(LedgerTable.StateOf([]), Instants.Start);

        Assert.Equal(10_000_000_000_000_000_000m, ((ImportOutcome)applied.Outcome).Value);
    }
}
