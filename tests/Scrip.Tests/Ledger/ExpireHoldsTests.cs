using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>A hold that has run out ends at its own instant, whenever that is recorded.</summary>
public sealed class ExpireHoldsTests
{
    [Fact]
    public void A_hold_ends_at_its_instant_and_not_before() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        at 59.999999
        expire                 => Expired 0
        at 60
        expire                 => Expired 1 | 1 HoldExpired r1 +100 balance 500 at 60
        expire                 => Expired 0
        capture 1              => HoldEnded Expired
        release 1              => HoldEnded Expired
        """);

    [Fact]
    public void Holds_end_in_the_order_in_which_they_ran_out_with_those_instants() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:B=500
        hold A 1 R1 until 30   => Held 1:R1 of 1:A 1-0+0 balance 499 until 30 | 1 Held r1 -1 balance 499 held 1
        hold A 2 R2 until 20   => Held 2:R2 of 1:A 2-0+0 balance 497 until 20 | 1 Held r2 -2 balance 497 held 3
        hold B 4 R1 until 20   => Held 3:R1 of 2:B 4-0+0 balance 496 until 20 | 2 Held r3 -4 balance 496 held 4
        hold A 8 R3 until 99   => Held 4:R3 of 1:A 8-0+0 balance 489 until 99 | 1 Held r4 -8 balance 489 held 11
        at 50
        expire                 => Expired 3
            | 1 HoldExpired r2 +2 balance 491 held 9 at 20, 2 HoldExpired r3 +4 balance 500 at 20, 1 HoldExpired r1 +1 balance 492 held 8 at 30
        """);

    [Fact]
    public void Only_what_is_still_held_goes_back() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 40 keep      => Held 1:R of 1:A 100-40+0 balance 400 until 60 | 1 Captured r1 -40 balance 400 held 60
        at 61
        expire                 => Expired 1 | 1 HoldExpired r1 +60 balance 460 at 60
        """);

    [Fact]
    public void A_redemption_without_a_hold_never_runs_out() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 100 R  => Captured 1:R of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        at 99999999
        expire          => Expired 0
        """);

    [Fact]
    public void The_certificate_is_dated_when_it_is_written_and_its_redemption_says_what_it_left()
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=500")]);
        foreach (var hold in new[] { "hold A 100 R1 until 60", "hold A 50 R2 until 70" })
            CommandText.Parse(hold).ApplyTo(state, Instants.Later(1));

        var (_, changes) = ExpireHolds.Of(1).Decide(state, Instants.Later(90));

        var certificate = Assert.Single(changes.Updated);
        Assert.Equal((500, 0, 5, Instants.Later(90)), (certificate.Balance, certificate.Held, certificate.Version, certificate.UpdatedAt));
        Assert.Equal([(1, 450), (2, 500)], changes.UpdatedRedemptions.Select(ended => ((int)ended.Id, (int)ended.BalanceAfter)));
        Assert.All(changes.UpdatedRedemptions, ended => Assert.Equal(RedemptionState.Expired, ended.State));
    }
}
