using Scrip.Ledger;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>Payments: what is refused, in which order, and what is done.</summary>
public sealed class RedeemCertificateTests
{
    [Fact]
    public void What_is_left_is_spent_in_parts_and_never_more() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 200 R1     => Captured 1:R1 of 1:A 200-200+0 balance 300 | 1 Captured r1 -200 balance 300
        redeem A 301 R2     => InsufficientBalance 300
        redeem #1 299 R2    => Captured 2:R2 of 1:A 299-299+0 balance 1 | 1 Captured r2 -299 balance 1
        redeem A 2 R3       => InsufficientBalance 1
        redeem A 1 R3       => Captured 3:R3 of 1:A 1-1+0 balance 0 | 1 Captured r3 -1 balance 0
        redeem A 1 R4       => Spent
        redeem A all R4     => Spent
        """);

    [Fact]
    public void Without_an_amount_it_is_the_whole_balance() => LedgerTable.Check("""
        stored 1:A=500 spent 120 held 30
        hold A 50 R1        => Held 1:R1 of 1:A 50-0+0 balance 300 until 604801 | 1 Held r1 -50 balance 300 held 80
        redeem A all R2     => Captured 2:R2 of 1:A 300-300+0 balance 0 | 1 Captured r2 -300 balance 0 held 80
        hold A all R3       => Spent
        """);

    [Fact]
    public void Where_less_will_do_the_balance_is_taken() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:OFF=500/off
        hold A 100 R1 partial   => Held 1:R1 of 1:A 100-0+0 balance 400 until 604801 | 1 Held r1 -100 balance 400 held 100
        redeem A 401 R2 partial => Captured 2:R2 of 1:A 400-400+0 balance 0 | 1 Captured r2 -400 balance 0 held 100
        redeem A 1 R3 partial   => Spent
        release 1               => Released 1:R1 of 1:A 100-0+0 balance 100 until 604801 | 1 Released r1 +100 balance 100
        hold A 101 R3 partial   => Held 3:R3 of 1:A 100-0+0 balance 0 until 604801 | 1 Held r3 -100 balance 0 held 100
        redeem A 1 R3 partial   => DuplicateReference 3
        redeem OFF 501 R partial => Inactive
        redeem NONE 1 R partial => NotFound
        """);

    [Fact]
    public void Of_a_single_use_a_partial_payment_that_takes_all_leaves_nothing_to_forfeit() => LedgerTable.Check("""
        stored 1:A=500/single
        stored 2:B=500/single
        redeem A 600 R partial  => Captured 1:R of 1:A 500-500+0 balance 0 | 1 Captured r1 -500 balance 0
        redeem B 499 R partial  => Captured 2:R of 2:B 499-499+0 balance 0 | 2 Captured r2 -499 balance 1, 2 Forfeited r2 -1 balance 0
        redeem #2 all R2 partial => Spent
        """);

    [Fact]
    public void What_is_held_cannot_be_spent_by_another() => LedgerTable.Check("""
        stored 1:A=500
        hold A all R1       => Held 1:R1 of 1:A 500-0+0 balance 0 until 604801 | 1 Held r1 -500 balance 0 held 500
        redeem A 1 R2       => Spent
        hold A 1 R2         => Spent
        release 1           => Released 1:R1 of 1:A 500-0+0 balance 500 until 604801 | 1 Released r1 +500 balance 500
        redeem A 1 R2       => Captured 2:R2 of 1:A 1-1+0 balance 499 | 1 Captured r2 -1 balance 499
        """);

    /// <summary>Each payment has one more reason to be refused than the one before, and this reason comes first in the order.</summary>
    [Fact]
    public void Refusals_have_an_order() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:OFF=500/off/from60/until60 spent 500
        stored 3:SOON=500/from60/until0 spent 500
        stored 4:LATE=500/until0 spent 500
        stored 5:SPENT=500 spent 500
        stored 6:LITTLE=500 spent 499
        redeem LITTLE 2 R        => InsufficientBalance 1
        redeem SPENT 2 R         => Spent
        redeem LATE 2 R          => Expired
        redeem SOON 2 R          => NotStarted
        redeem OFF 2 R           => Inactive
        redeem LITTLE 1 R        => Captured 1:R of 6:LITTLE 1-1+0 balance 0 | 6 Captured r1 -1 balance 0
        update 6:LITTLE/off      => Accepted 6:LITTLE=500/off v3 | 6 Deactivated 0 balance 0
        redeem LITTLE 2 R        => DuplicateReference 1
        redeem NONE 2 R          => NotFound
        redeem #7 2 R            => NotFound
        hold NONE 2 R until 1    => HoldExpiryOutOfRange
        """);

    [Fact]
    public void A_certificate_is_good_from_its_start_to_its_expiry_which_is_not_in_it() => LedgerTable.Check("""
        stored 1:A=500/from10/until20
        at 9.999999
        redeem A 1 R1       => NotStarted
        at 10
        redeem A 1 R1       => Captured 1:R1 of 1:A 1-1+0 balance 499 | 1 Captured r1 -1 balance 499
        at 19.999999
        hold A 1 R2 until 99 => Held 2:R2 of 1:A 1-0+0 balance 498 until 99 | 1 Held r2 -1 balance 498 held 1
        at 20
        redeem A 1 R3       => Expired
        hold A 1 R3         => Expired
        """);

    [Fact]
    public void A_hold_ends_in_the_future_and_within_31_days() => LedgerTable.Check("""
        stored 1:A=500
        at 5
        hold A 1 R until -1          => HoldExpiryOutOfRange
        hold A 1 R until 5           => HoldExpiryOutOfRange
        hold A 1 R1 until 6          => Held 1:R1 of 1:A 1-0+0 balance 499 until 6 | 1 Held r1 -1 balance 499 held 1
        hold A 1 R2 until 2678405    => Held 2:R2 of 1:A 1-0+0 balance 498 until 2678405 | 1 Held r2 -1 balance 498 held 2
        hold A 1 R until 2678406     => HoldExpiryOutOfRange
        hold A 1 R3                  => Held 3:R3 of 1:A 1-0+0 balance 497 until 604805 | 1 Held r3 -1 balance 497 held 3
        """);

    [Fact]
    public void A_code_means_the_certificate_that_has_just_it_and_else_the_only_one_that_looks_like_it() => LedgerTable.Check("""
        stored 1:Gift-A␣1=500
        stored 2:GIFTB=500
        stored 3:gift-b=500
        stored 4:---=500
        redeem Gift-A␣1 1 R1   => Captured 1:R1 of 1:Gift-A 1 1-1+0 balance 499 | 1 Captured r1 -1 balance 499
        redeem gifta1 1 R2     => Captured 2:R2 of 1:Gift-A 1 1-1+0 balance 498 | 1 Captured r2 -1 balance 498
        redeem GIFT␣a-1 1 R3   => Captured 3:R3 of 1:Gift-A 1 1-1+0 balance 497 | 1 Captured r3 -1 balance 497
        redeem gift-a-1x 1 R   => NotFound
        redeem GIFTB 1 R4      => Captured 4:R4 of 2:GIFTB 1-1+0 balance 499 | 2 Captured r4 -1 balance 499
        redeem gift-b 1 R5     => Captured 5:R5 of 3:gift-b 1-1+0 balance 499 | 3 Captured r5 -1 balance 499
        redeem giftb 1 R       => NotFound
        redeem Gift␣B 1 R      => NotFound
        redeem --- 1 R6        => Captured 6:R6 of 4:--- 1-1+0 balance 499 | 4 Captured r6 -1 balance 499
        redeem -- 1 R          => NotFound
        """);

    [Fact]
    public void A_reference_is_taken_while_its_redemption_is_held_or_captured_and_not_wholly_refunded() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:B=500
        hold A 10 R until 9  => Held 1:R of 1:A 10-0+0 balance 490 until 9 | 1 Held r1 -10 balance 490 held 10
        redeem A 10 R        => DuplicateReference 1
        redeem A 10 r        => Captured 2:r of 1:A 10-10+0 balance 480 | 1 Captured r2 -10 balance 480 held 10
        redeem B 10 R        => Captured 3:R of 2:B 10-10+0 balance 490 | 2 Captured r3 -10 balance 490
        release 1            => Released 1:R of 1:A 10-0+0 balance 490 until 9 | 1 Released r1 +10 balance 490
        hold A 10 R until 9  => Held 4:R of 1:A 10-0+0 balance 480 until 9 | 1 Held r4 -10 balance 480 held 10
        hold A 10 R          => DuplicateReference 4
        at 9
        expire               => Expired 1 | 1 HoldExpired r4 +10 balance 490 at 9
        redeem A 10 R        => Captured 5:R of 1:A 10-10+0 balance 480 | 1 Captured r5 -10 balance 480
        redeem A 10 R        => DuplicateReference 5
        refund 5 9           => Captured 5:R of 1:A 10-10+9 balance 489 | 1 Refunded r5 +9 balance 489
        redeem A 10 R        => DuplicateReference 5
        refund 5             => Captured 5:R of 1:A 10-10+10 balance 490 | 1 Refunded r5 +1 balance 490
        redeem A 10 R        => Captured 6:R of 1:A 10-10+0 balance 480 | 1 Captured r6 -10 balance 480
        """);

    [Fact]
    public void A_refusal_changes_nothing()
    {
        var state = LedgerTable.StateOf(
            [LedgerTable.Stored("stored 1:A=500 spent 499"), LedgerTable.Stored("stored 2:B=1/off"), LedgerTable.Stored("stored 3:C=1/until0")]);
        foreach (var refused in new[] { "redeem A 2 R", "redeem B all R", "hold C 1 R", "hold A 1 R until 0", "capture 1", "release 1", "refund 1" })
            CommandText.Parse(refused).ApplyTo(state, Instants.Later(1));
        Assert.False(state.HasChanges);
    }

    [Fact]
    public void A_payment_changes_the_balances_of_its_certificate_and_nothing_else_of_it()
    {
        var before = LedgerTable.Stored("stored 1:A=500/single/until99 spent 20 held 30");
        var (outcome, changes) = ((RedeemCertificate)CommandText.Parse("hold A 40 R1 until 60")).Decide(
            LedgerTable.StateOf([before]), Instants.Later(5));

        Assert.Equal(
            before with { Held = 70, Version = 2, UpdatedAt = Instants.Later(5), LastEntryId = 2 }, Assert.Single(changes.Updated));
        Assert.Equal(
            new Entry(
                2, 1, PreviousId: 1, RedemptionId: 1, EntryKind.Held, -40, BalanceAfter: 410, HeldAfter: 70, FaceValueAfter: 500, null,
                CommandText.Actor, Instants.Later(5)),
            Assert.Single(changes.Entries));
        var made = changes.NewRedemption!;
        Assert.Equal(
            (1, 1, "R1", RedemptionState.Held, 40, 0, 0, 410, Instants.Later(5), Instants.Later(60)),
            (made.Id, made.CertificateId, made.Reference, made.State, made.Amount, made.Captured, made.Refunded, made.BalanceAfter,
                made.CreatedAt, made.HoldExpiresAt));
        Assert.Equal("Held 1:R1 of 1:A 40-0+0 balance 410 until 60", OutcomeText.Of(outcome));
    }

    /// <summary>The clock ran ahead when the certificate's last entry was written.</summary>
    [Theory]
    [InlineData("redeem A 1 R")]
    [InlineData("hold A 1 R until 31")]
    [InlineData("update 1:A=400")]
    public void An_entry_is_dated_by_the_clock_even_before_the_entry_that_it_follows(string command)
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=500") with { UpdatedAt = Instants.Later(90) }]);
        CommandText.Parse(command).ApplyTo(state, Instants.Later(30));
        Assert.Equal(Instants.Later(30), Assert.Single(state.Entries).CreatedAt);
        Assert.Equal(Instants.Later(30), Assert.Single(state.Updated).After.UpdatedAt);
        Assert.All(state.CreatedRedemptions, made => Assert.Equal(Instants.Later(30), made.CreatedAt));
    }

    [Fact]
    public void It_looks_at_its_certificate_by_code_or_by_id_and_at_its_reference()
    {
        var footprint = new Footprint();
        CommandText.Parse("redeem gift-a 1 R1").AddTo(footprint);
        CommandText.Parse("hold #3 1 R2").AddTo(footprint);
        CommandText.Parse("capture 5").AddTo(footprint);
        CommandText.Parse("expire").AddTo(footprint);
        Assert.Equal(["G1FTA"], footprint.PaymentCodes);
        Assert.Equal([("G1FTA", "R1")], footprint.PaymentsByCode);
        Assert.Equal([(3L, "R2")], footprint.PaymentsById);
        Assert.Equal([3], footprint.CertificateIds);
        Assert.Equal([5], footprint.RedemptionIds);
        Assert.Empty(footprint.Issues);
    }
}
