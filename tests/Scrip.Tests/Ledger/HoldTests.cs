namespace Scrip.Tests.Ledger;

/// <summary>The end of a hold: it is captured, at once or in several parts, or released. It ends once.</summary>
public sealed class HoldTests
{
    [Fact]
    public void A_capture_without_an_amount_takes_all_that_is_held() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1              => Captured 1:R of 1:A 100-100+0 balance 400 until 60 | 1 Captured r1 -100 balance 400
        """);

    [Fact]
    public void What_a_final_capture_leaves_is_released() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 101          => InsufficientBalance 100
        capture 1 40           => Captured 1:R of 1:A 100-40+0 balance 460 until 60
            | 1 Captured r1 -40 balance 400 held 60, 1 Released r1 +60 balance 460
        capture 1 1            => HoldEnded Captured
        release 1              => HoldEnded Captured
        """);

    [Fact]
    public void What_a_capture_that_is_not_final_leaves_stays_held() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 40 keep      => Held 1:R of 1:A 100-40+0 balance 400 until 60 | 1 Captured r1 -40 balance 400 held 60
        capture 1 61           => InsufficientBalance 60
        capture 1 61 keep      => InsufficientBalance 60
        capture 1 10 keep      => Held 1:R of 1:A 100-50+0 balance 400 until 60 | 1 Captured r1 -10 balance 400 held 50
        capture 1 20           => Captured 1:R of 1:A 100-70+0 balance 430 until 60
            | 1 Captured r1 -20 balance 400 held 30, 1 Released r1 +30 balance 430
        """);

    [Fact]
    public void A_capture_of_all_that_is_held_ends_the_hold_final_or_not() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 99 keep      => Held 1:R of 1:A 100-99+0 balance 400 until 60 | 1 Captured r1 -99 balance 400 held 1
        capture 1 1 keep       => Captured 1:R of 1:A 100-100+0 balance 400 until 60 | 1 Captured r1 -1 balance 400
        capture 1 keep         => HoldEnded Captured
        """);

    [Fact]
    public void A_release_gives_back_what_is_still_held() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        capture 1 40 keep      => Held 1:R of 1:A 100-40+0 balance 400 until 60 | 1 Captured r1 -40 balance 400 held 60
        release 1              => Released 1:R of 1:A 100-40+0 balance 460 until 60 | 1 Released r1 +60 balance 460
        release 1              => HoldEnded Released
        capture 1              => HoldEnded Released
        capture 1 9999         => HoldEnded Released
        """);

    /// <summary>The amount was promised while it could be spent.</summary>
    [Fact]
    public void A_hold_is_captured_or_released_whatever_became_of_its_certificate() => LedgerTable.Check("""
        stored 1:A=500/until50
        hold A 100 R1 until 60  => Held 1:R1 of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        hold A 100 R2 until 60  => Held 2:R2 of 1:A 100-0+0 balance 300 until 60 | 1 Held r2 -100 balance 300 held 200
        update 1:B=200/off      => Accepted 1:B=200/off v4
            | 1 Adjusted -300 balance 0 500>200, 1 Renamed 0 balance 0 A>B, 1 Deactivated 0 balance 0
        at 55
        capture 1               => Captured 1:R1 of 1:B 100-100+0 balance 0 until 60 | 1 Captured r1 -100 balance 0 held 100
        release 2               => Released 2:R2 of 1:B 100-0+0 balance 100 until 60 | 1 Released r2 +100 balance 100
        redeem B 1 R3           => Inactive
        """);

    [Fact]
    public void A_redemption_that_was_captured_at_once_never_held_anything() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 100 R  => Captured 1:R of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        capture 1       => HoldEnded Captured
        release 1       => HoldEnded Captured
        """);

    [Fact]
    public void There_is_no_redemption_where_there_is_none() => LedgerTable.Check("""
        stored 1:A=500
        capture 1       => NotFound
        capture 0 1     => NotFound
        release 2       => NotFound
        refund 1 1      => NotFound
        """);
}
