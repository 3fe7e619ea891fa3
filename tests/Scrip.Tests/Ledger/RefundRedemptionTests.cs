namespace Scrip.Tests.Ledger;

/// <summary>What was captured is refunded, in any number of parts, and never more.</summary>
public sealed class RefundRedemptionTests
{
    [Fact]
    public void Refunds_come_to_what_was_captured_at_most() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 100 R       => Captured 1:R of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        refund 1 101         => InsufficientBalance 100
        refund 1 30          => Captured 1:R of 1:A 100-100+30 balance 430 | 1 Refunded r1 +30 balance 430
        refund 1 71          => InsufficientBalance 70
        refund 1 69 because broken
            => Captured 1:R of 1:A 100-100+99 balance 499 | 1 Refunded r1 +69 balance 499 reason
        refund 1 2           => InsufficientBalance 1
        refund 1             => Captured 1:R of 1:A 100-100+100 balance 500 | 1 Refunded r1 +1 balance 500
        refund 1             => InsufficientBalance 0
        refund 1 1           => InsufficientBalance 0
        """);

    [Fact]
    public void Only_what_is_captured_of_a_hold_can_be_refunded() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        refund 1               => InsufficientBalance 0
        refund 1 1             => InsufficientBalance 0
        capture 1 40 keep      => Held 1:R of 1:A 100-40+0 balance 400 until 60 | 1 Captured r1 -40 balance 400 held 60
        refund 1 41            => InsufficientBalance 40
        refund 1 15            => Held 1:R of 1:A 100-40+15 balance 415 until 60 | 1 Refunded r1 +15 balance 415 held 60
        capture 1 61           => InsufficientBalance 60
        release 1              => Released 1:R of 1:A 100-40+15 balance 475 until 60 | 1 Released r1 +60 balance 475
        refund 1               => Released 1:R of 1:A 100-40+40 balance 500 until 60 | 1 Refunded r1 +25 balance 500
        refund 1 1             => InsufficientBalance 0
        """);

    [Fact]
    public void What_ran_out_after_a_capture_can_still_be_refunded() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 40 keep      => Held 1:R of 1:A 100-40+0 balance 400 until 60 | 1 Captured r1 -40 balance 400 held 60
        at 61
        expire                 => Expired 1 | 1 HoldExpired r1 +60 balance 460 at 60
        refund 1               => Expired 1:R of 1:A 100-40+40 balance 500 until 60 | 1 Refunded r1 +40 balance 500
        """);

    [Fact]
    public void A_wholly_refunded_redemption_frees_its_reference() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 100 R       => Captured 1:R of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        refund 1 99          => Captured 1:R of 1:A 100-100+99 balance 499 | 1 Refunded r1 +99 balance 499
        redeem A 100 R       => DuplicateReference 1
        refund 1 1           => Captured 1:R of 1:A 100-100+100 balance 500 | 1 Refunded r1 +1 balance 500
        hold A 60 R until 9  => Held 2:R of 1:A 60-0+0 balance 440 until 9 | 1 Held r2 -60 balance 440 held 60
        redeem A 100 R       => DuplicateReference 2
        refund 1             => InsufficientBalance 0
        """);

    [Fact]
    public void What_still_holds_keeps_its_reference_though_all_that_was_captured_is_refunded() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 40 keep      => Held 1:R of 1:A 100-40+0 balance 400 until 60 | 1 Captured r1 -40 balance 400 held 60
        refund 1               => Held 1:R of 1:A 100-40+40 balance 440 until 60 | 1 Refunded r1 +40 balance 440 held 60
        redeem A 1 R           => DuplicateReference 1
        capture 1 1            => Captured 1:R of 1:A 100-41+40 balance 499 until 60 | 1 Captured r1 -1 balance 440 held 59, 1 Released r1 +59 balance 499
        redeem A 1 R           => DuplicateReference 1
        refund 1               => Captured 1:R of 1:A 100-41+41 balance 500 until 60 | 1 Refunded r1 +1 balance 500
        redeem A 1 R           => Captured 2:R of 1:A 1-1+0 balance 499 | 1 Captured r2 -1 balance 499
        """);

    [Fact]
    public void A_refund_goes_back_to_a_certificate_that_is_off_or_expired_and_does_not_extend_it() => LedgerTable.Check("""
        stored 1:A=500/until50
        redeem A 100 R       => Captured 1:R of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        at 51
        refund 1 10          => Captured 1:R of 1:A 100-100+10 balance 410 | 1 Refunded r1 +10 balance 410
        redeem A 1 R2        => Expired
        update 1:B/off       => Accepted 1:B=500/off v4 | 1 Renamed 0 balance 410 A>B, 1 Deactivated 0 balance 410
        refund 1 10          => Captured 1:R of 1:B 100-100+20 balance 420 | 1 Refunded r1 +10 balance 420
        redeem B 1 R2        => Inactive
        """);
}
