namespace Scrip.Tests.Ledger;

/// <summary>Balances that nobody will spend are recorded as forfeited.</summary>
public sealed class WriteOffCertificatesTests
{
    [Fact]
    public void The_whole_balance_goes_or_a_part_of_it_and_never_more() => LedgerTable.Check("""
        stored 1:A=500
        writeoff 1=501        => InsufficientBalance(1) 0 AmountAboveBalance 500
        writeoff 1=1          => Accepted 1:A=500/on v2 balance 499 | 1 Forfeited -1 balance 499
        writeoff 1 because old
            => Accepted 1:A=500/on v3 balance 0 | 1 Forfeited -499 balance 0 reason
        writeoff 1            => Spent(1) 0 NothingLeft 1
        writeoff 1=1          => Spent(1) 0 NothingLeft 1
        redeem A 1 R          => Spent
        writeoff 9            => NotFound(1) 0 NotFound 9
        """);

    [Fact]
    public void Whether_it_could_be_spent_does_not_matter() => LedgerTable.Check("""
        stored 1:OFF=5/off
        stored 2:SOON=5/from60
        stored 3:LATE=5/until0
        stored 4:ONCE=5/single
        writeoff 1 2 3 4      => Accepted 1:OFF=5/off v2 balance 0, 2:SOON=5/on v2 balance 0, 3:LATE=5/on v2 balance 0, 4:ONCE=5/on v2 balance 0
            | 1 Forfeited -5 balance 0, 2 Forfeited -5 balance 0, 3 Forfeited -5 balance 0, 4 Forfeited -5 balance 0
        """);

    [Fact]
    public void What_is_held_stays_held_and_can_be_captured_or_given_back() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R1 until 60  => Held 1:R1 of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        writeoff 1=401          => InsufficientBalance(1) 0 AmountAboveBalance 400
        writeoff 1              => Accepted 1:A=500/on v3 balance 0 | 1 Forfeited -400 balance 0
        capture 1 30 keep       => Held 1:R1 of 1:A 100-30+0 balance 0 until 60 | 1 Captured r1 -30 balance 0 held 70
        release 1               => Released 1:R1 of 1:A 100-30+0 balance 70 until 60 | 1 Released r1 +70 balance 70
        writeoff 1              => Accepted 1:A=500/on v6 balance 0 | 1 Forfeited -70 balance 0
        """);

    [Fact]
    public void A_refund_after_it_goes_back_and_the_face_value_counts_it_as_used() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 100 R1   => Captured 1:R1 of 1:A 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        writeoff 1        => Accepted 1:A=500/on v3 balance 0 | 1 Forfeited -400 balance 0
        update 1:A=499    => Conflict(1) 0 ValueBelowUsed 500
        refund 1          => Captured 1:R1 of 1:A 100-100+100 balance 100 | 1 Refunded r1 +100 balance 100
        redeem A 60 R1    => Captured 2:R1 of 1:A 60-60+0 balance 40 | 1 Captured r2 -60 balance 40
        update 1:A=600    => Accepted 1:A=600/on v6 | 1 Adjusted +100 balance 140 500>600
        writeoff 1=140    => Accepted 1:A=600/on v7 balance 0 | 1 Forfeited -140 balance 0
        """);

    [Fact]
    public void All_or_none_and_each_item_that_is_refused_is_named() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:B=500 spent 500
        stored 3:C=500 spent 400 held 100
        stored 4:D=5
        writeoff 1 9 2 8      => NotFound(2) 1 NotFound 9, 3 NotFound 8
        writeoff 1 2 4=6 3    => Spent(2) 1 NothingLeft 2, 3 NothingLeft 3
        writeoff 4=6 1=501    => InsufficientBalance(2) 0 AmountAboveBalance 5, 1 AmountAboveBalance 500
        writeoff 4 1          => Accepted 4:D=5/on v2 balance 0, 1:A=500/on v2 balance 0 | 4 Forfeited -5 balance 0, 1 Forfeited -500 balance 0
        """);
}
