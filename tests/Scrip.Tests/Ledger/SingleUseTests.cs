namespace Scrip.Tests.Ledger;

/// <summary>A single-use certificate is spent by its first capture: the rest is forfeited and recorded as such.</summary>
public sealed class SingleUseTests
{
    [Fact]
    public void A_payment_spends_it_wholly() => LedgerTable.Check("""
        stored 1:A=500/single
        redeem A 120 R1     => Captured 1:R1 of 1:A 120-120+0 balance 0 | 1 Captured r1 -120 balance 380, 1 Forfeited r1 -380 balance 0
        redeem A 1 R2       => Spent
        """);

    [Fact]
    public void A_payment_of_all_of_it_forfeits_nothing() => LedgerTable.Check("""
        stored 1:A=500/single
        redeem A all R1     => Captured 1:R1 of 1:A 500-500+0 balance 0 | 1 Captured r1 -500 balance 0
        """);

    [Fact]
    public void A_hold_spends_nothing_and_its_release_gives_it_back() => LedgerTable.Check("""
        stored 1:A=500/single
        hold A 120 R1 until 60  => Held 1:R1 of 1:A 120-0+0 balance 380 until 60 | 1 Held r1 -120 balance 380 held 120
        hold A 120 R2 until 60  => Held 2:R2 of 1:A 120-0+0 balance 260 until 60 | 1 Held r2 -120 balance 260 held 240
        release 1               => Released 1:R1 of 1:A 120-0+0 balance 380 until 60 | 1 Released r1 +120 balance 380 held 120
        at 60
        expire                  => Expired 1 | 1 HoldExpired r2 +120 balance 500 at 60
        redeem A all R3         => Captured 3:R3 of 1:A 500-500+0 balance 0 | 1 Captured r3 -500 balance 0
        """);

    [Fact]
    public void The_capture_of_a_hold_forfeits_what_it_releases_and_what_was_never_held() => LedgerTable.Check("""
        stored 1:A=500/single
        hold A 120 R1 until 60  => Held 1:R1 of 1:A 120-0+0 balance 380 until 60 | 1 Held r1 -120 balance 380 held 120
        capture 1 100           => Captured 1:R1 of 1:A 120-100+0 balance 0 until 60
            | 1 Captured r1 -100 balance 380 held 20, 1 Released r1 +20 balance 400, 1 Forfeited r1 -400 balance 0
        """);

    [Fact]
    public void What_stays_held_after_a_capture_can_be_captured_and_else_is_forfeited() => LedgerTable.Check("""
        stored 1:A=500/single
        hold A 120 R1 until 60  => Held 1:R1 of 1:A 120-0+0 balance 380 until 60 | 1 Held r1 -120 balance 380 held 120
        hold A 80 R2 until 60   => Held 2:R2 of 1:A 80-0+0 balance 300 until 60 | 1 Held r2 -80 balance 300 held 200
        hold A 50 R3 until 60   => Held 3:R3 of 1:A 50-0+0 balance 250 until 60 | 1 Held r3 -50 balance 250 held 250
        capture 1 100 keep      => Held 1:R1 of 1:A 120-100+0 balance 0 until 60
            | 1 Captured r1 -100 balance 250 held 150, 1 Forfeited r1 -250 balance 0 held 150
        capture 1 5             => Captured 1:R1 of 1:A 120-105+0 balance 0 until 60
            | 1 Captured r1 -5 balance 0 held 145, 1 Released r1 +15 balance 15 held 130, 1 Forfeited r1 -15 balance 0 held 130
        release 2               => Released 2:R2 of 1:A 80-0+0 balance 0 until 60
            | 1 Released r2 +80 balance 80 held 50, 1 Forfeited r2 -80 balance 0 held 50
        at 60
        expire                  => Expired 1 | 1 HoldExpired r3 +50 balance 50 at 60, 1 Forfeited r3 -50 balance 0 at 60
        """);

    [Fact]
    public void A_refund_comes_back_and_can_be_spent_and_what_was_forfeited_does_not() => LedgerTable.Check("""
        stored 1:A=500/single
        redeem A 120 R1     => Captured 1:R1 of 1:A 120-120+0 balance 0 | 1 Captured r1 -120 balance 380, 1 Forfeited r1 -380 balance 0
        refund 1 121        => InsufficientBalance 120
        refund 1            => Captured 1:R1 of 1:A 120-120+120 balance 120 | 1 Refunded r1 +120 balance 120
        redeem A 50 R2      => Captured 2:R2 of 1:A 50-50+0 balance 0 | 1 Captured r2 -50 balance 70, 1 Forfeited r2 -70 balance 0
        """);

    [Fact]
    public void What_counts_is_whether_it_is_for_a_single_use_when_it_is_captured() => LedgerTable.Check("""
        stored 1:A=500/single
        update 1:A/many     => Accepted 1:A=500/on v2 | 1 Rescheduled 0 balance 500 single_use
        redeem A 100 R1     => Captured 1:R1 of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        update 1:A/single   => Accepted 1:A=500/on v4 | 1 Rescheduled 0 balance 400 single_use
        redeem A 100 R2     => Captured 2:R2 of 1:A 100-100+0 balance 0 | 1 Captured r2 -100 balance 300, 1 Forfeited r2 -300 balance 0
        """);

    /// <summary>An abandoned checkout must not take what a refund has brought back.</summary>
    [Fact]
    public void What_is_held_of_a_refund_comes_back_again() => LedgerTable.Check("""
        stored 1:A=500/single
        redeem A 120 R1         => Captured 1:R1 of 1:A 120-120+0 balance 0 | 1 Captured r1 -120 balance 380, 1 Forfeited r1 -380 balance 0
        refund 1                => Captured 1:R1 of 1:A 120-120+120 balance 120 | 1 Refunded r1 +120 balance 120
        hold A 50 R2 until 60   => Held 2:R2 of 1:A 50-0+0 balance 70 until 60 | 1 Held r2 -50 balance 70 held 50
        hold A 20 R3 until 60   => Held 3:R3 of 1:A 20-0+0 balance 50 until 60 | 1 Held r3 -20 balance 50 held 70
        release 2               => Released 2:R2 of 1:A 50-0+0 balance 100 until 60 | 1 Released r2 +50 balance 100 held 20
        at 60
        expire                  => Expired 1 | 1 HoldExpired r3 +20 balance 120 at 60
        redeem A all R4         => Captured 4:R4 of 1:A 120-120+0 balance 0 | 1 Captured r4 -120 balance 0
        """);

    [Fact]
    public void What_an_order_held_when_another_spent_it_is_forfeited_whatever_was_refunded_since() => LedgerTable.Check("""
        stored 1:A=100/single
        hold A 60 R1 until 60   => Held 1:R1 of 1:A 60-0+0 balance 40 until 60 | 1 Held r1 -60 balance 40 held 60
        redeem A 40 R2          => Captured 2:R2 of 1:A 40-40+0 balance 0 | 1 Captured r2 -40 balance 0 held 60
        refund 2                => Captured 2:R2 of 1:A 40-40+40 balance 40 | 1 Refunded r2 +40 balance 40 held 60
        release 1               => Released 1:R1 of 1:A 60-0+0 balance 40 until 60
            | 1 Released r1 +60 balance 100, 1 Forfeited r1 -60 balance 40
        """);

    [Fact]
    public void A_further_capture_of_the_same_order_takes_nothing_of_a_refund() => LedgerTable.Check("""
        stored 1:A=50/single
        hold A 50 R1 until 60   => Held 1:R1 of 1:A 50-0+0 balance 0 until 60 | 1 Held r1 -50 balance 0 held 50
        capture 1 20 keep       => Held 1:R1 of 1:A 50-20+0 balance 0 until 60 | 1 Captured r1 -20 balance 0 held 30
        refund 1                => Held 1:R1 of 1:A 50-20+20 balance 20 until 60 | 1 Refunded r1 +20 balance 20 held 30
        capture 1 10            => Captured 1:R1 of 1:A 50-30+20 balance 20 until 60
            | 1 Captured r1 -10 balance 20 held 20, 1 Released r1 +20 balance 40, 1 Forfeited r1 -20 balance 20
        """);

    [Fact]
    public void What_was_spent_before_it_was_for_a_single_use_does_not_count() => LedgerTable.Check("""
        stored 1:A=100
        redeem A 50 R1          => Captured 1:R1 of 1:A 50-50+0 balance 50 | 1 Captured r1 -50 balance 50
        hold A 30 R2 until 60   => Held 2:R2 of 1:A 30-0+0 balance 20 until 60 | 1 Held r2 -30 balance 20 held 30
        update 1:A/single       => Accepted 1:A=100/on v4 | 1 Rescheduled 0 balance 20 single_use
        release 2               => Released 2:R2 of 1:A 30-0+0 balance 50 until 60 | 1 Released r2 +30 balance 50
        """);
}
