using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

public sealed class UpdateCertificatesTests
{
    [Fact]
    public void What_is_left_out_keeps_what_is_stored_and_what_is_the_same_changes_nothing() => LedgerTable.Check("""
        stored 1:A=500/off
        stored 2:B=900/on
        update                        => Accepted
        update 1:A                    => Accepted 1:A=500/off v1
        update 1:A=500/off            => Accepted 1:A=500/off v1
        update 1:A2                   => Accepted 1:A2=500/off v2  | 1 Renamed 0 balance 500 A>A2
        update 1:A2=750               => Accepted 1:A2=750/off v3  | 1 Adjusted +250 balance 750 500>750
        update 1:A2/on                => Accepted 1:A2=750/on v4   | 1 Activated 0 balance 750
        update 1:A2/off               => Accepted 1:A2=750/off v5  | 1 Deactivated 0 balance 750
        update 1:A2=0                 => Accepted 1:A2=0/off v6    | 1 Adjusted -750 balance 0 750>0
        update 2:B 1:A2=5             => Accepted 2:B=900/on v1, 1:A2=5/off v7 | 1 Adjusted +5 balance 5 0>5
        update 1:A=9/on               => Accepted 1:A=9/on v8
            | 1 Adjusted +4 balance 9 5>9, 1 Renamed 0 balance 9 A2>A, 1 Activated 0 balance 9
        """);

    [Fact]
    public void Certificates_swap_their_codes_and_pass_them_round() => LedgerTable.Check("""
        stored 1:A
        stored 2:B
        stored 3:C
        update 1:B 2:A                => Accepted 1:B=0/on v2, 2:A=0/on v2 | 1 Renamed 0 balance 0 A>B, 2 Renamed 0 balance 0 B>A
        update 1:A 2:C 3:B            => Accepted 1:A=0/on v3, 2:C=0/on v3, 3:B=0/on v2
            | 1 Renamed 0 balance 0 B>A, 2 Renamed 0 balance 0 A>C, 3 Renamed 0 balance 0 C>B
        update 3:X 1:B                => Accepted 3:X=0/on v3, 1:B=0/on v4 | 3 Renamed 0 balance 0 B>X, 1 Renamed 0 balance 0 A>B
        update 1:X 3:X2 2:B           => Accepted 1:X=0/on v5, 3:X2=0/on v4, 2:B=0/on v4
            | 1 Renamed 0 balance 0 B>X, 3 Renamed 0 balance 0 X>X2, 2 Renamed 0 balance 0 C>B
        """);

    [Fact]
    public void A_code_that_its_holder_keeps_is_taken() => LedgerTable.Check("""
        stored 1:A
        stored 2:B
        stored 3:C
        update 1:B                    => Conflict(1) 0 CodeTaken 2
        update 1:B 2:B2=1 3:A         => Accepted 1:B=0/on v2, 2:B2=1/on v2, 3:A=0/on v2
            | 1 Renamed 0 balance 0 A>B, 2 Adjusted +1 balance 1 0>1, 2 Renamed 0 balance 1 B>B2, 3 Renamed 0 balance 0 C>A
        update 1:C 2:A 3:A3           => Accepted 1:C=0/on v3, 2:A=1/on v3, 3:A3=0/on v3
            | 1 Renamed 0 balance 0 B>C, 2 Renamed 0 balance 1 B2>A, 3 Renamed 0 balance 0 A>A3
        update 1:A 3:C                => Conflict(1) 0 CodeTaken 2
        """);

    [Fact]
    public void A_face_value_below_what_is_spent_and_held_is_refused() => LedgerTable.Check("""
        stored 1:A=500 spent 200 held 100
        stored 2:B=500
        update 1:A=299                => Conflict(1) 0 ValueBelowUsed 300
        update 1:A=300                => Accepted 1:A=300/on v2 | 1 Adjusted -200 balance 0 500>300
        update 1:A/off                => Accepted 1:A=300/off v3 | 1 Deactivated 0 balance 0
        update 1:A=301                => Accepted 1:A=301/off v4 | 1 Adjusted +1 balance 1 300>301
        update 2:A 1:A2=0             => Conflict(1) 1 ValueBelowUsed 300
        update 1:B=0                  => Conflict(1) 0 CodeTaken 2, 0 ValueBelowUsed 300
        """);

    [Fact]
    public void A_face_value_below_what_payments_spent_and_hold_is_refused_until_they_give_it_back() => LedgerTable.Check("""
        stored 1:A=500
        redeem A 200 R1         => Captured 1:R1 of 1:A 200-200+0 balance 300 | 1 Captured r1 -200 balance 300
        hold A 100 R2 until 60  => Held 2:R2 of 1:A 100-0+0 balance 200 until 60 | 1 Held r2 -100 balance 200 held 100
        update 1:A=299          => Conflict(1) 0 ValueBelowUsed 300
        update 1:A=300          => Accepted 1:A=300/on v4 | 1 Adjusted -200 balance 0 500>300
        redeem A 1 R3           => Spent
        update 1:A=301          => Accepted 1:A=301/on v5 | 1 Adjusted +1 balance 1 300>301
        release 2               => Released 2:R2 of 1:A 100-0+0 balance 101 until 60 | 1 Released r2 +100 balance 101
        update 1:A=200          => Accepted 1:A=200/on v7 | 1 Adjusted -101 balance 0 301>200
        refund 1                => Captured 1:R1 of 1:A 200-200+200 balance 200 | 1 Refunded r1 +200 balance 200
        update 1:A=0            => Accepted 1:A=0/on v9 | 1 Adjusted -200 balance 0 200>0
        """);

    [Fact]
    public void Terms_change_one_by_one_and_only_what_changes_is_written() => LedgerTable.Check("""
        stored 1:A=500
        update 1:A/many/fromnever/untilnever => Accepted 1:A=500/on v1
        update 1:A/from60           => Accepted 1:A=500/on v2 | 1 Rescheduled 0 balance 500 starts_at
        update 1:A/single/until90   => Accepted 1:A=500/on v3 | 1 Rescheduled 0 balance 500 expires_at+single_use
        update 1:A/from60/until90   => Accepted 1:A=500/on v3
        update 1:B=9/off/fromnever  => Accepted 1:B=9/off v4
            | 1 Adjusted -491 balance 9 500>9, 1 Renamed 0 balance 9 A>B, 1 Rescheduled 0 balance 9 starts_at, 1 Deactivated 0 balance 9
        """);

    [Fact]
    public void What_would_expire_before_it_starts_is_refused() => LedgerTable.Check("""
        stored 1:A=500/from60/until90
        stored 2:B=500
        update 1:A/until60          => Conflict(1) 0 ExpiresBeforeStart 0
        update 1:A/from90           => Conflict(1) 0 ExpiresBeforeStart 0
        update 2:A=5 1:C=0/from91   => Conflict(1) 1 ExpiresBeforeStart 0
        update 1:A/until61          => Accepted 1:A=500/on v2 | 1 Rescheduled 0 balance 500 expires_at
        update 1:A/from70/until71   => Accepted 1:A=500/on v3 | 1 Rescheduled 0 balance 500 starts_at+expires_at
        update 1:A/untilnever       => Accepted 1:A=500/on v4 | 1 Rescheduled 0 balance 500 expires_at
        """);

    [Fact]
    public void What_is_missing_comes_before_a_stale_version_and_that_before_a_conflict() => LedgerTable.Check("""
        stored 1:A=500 spent 200
        stored 2:B
        update 9:A                    => NotFound(1) 0 NotFound 9
        update 1:B=0 9:X 2:Y -3:Z     => NotFound(2) 1 NotFound 9, 3 NotFound -3
        update 9:B=0 if 7             => NotFound(1) 0 NotFound 9
        update 1:B=0 if 7             => PreconditionFailed(1) 0 VersionMismatch 1
        update 1:B=0 if 1             => Conflict(1) 0 CodeTaken 2, 0 ValueBelowUsed 200
        update 1:A=600 if 3,1         => Accepted 1:A=600/on v2 | 1 Adjusted +100 balance 400 500>600
        update 1:A=600 if 1           => PreconditionFailed(1) 0 VersionMismatch 2
        """);

    [Fact]
    public void What_leaves_its_code_out_keeps_it_and_nobody_else_gets_it() => LedgerTable.Check("""
        stored 1:A=500
        stored 2:B
        update 1:=600 2:/off        => Accepted 1:A=600/on v2, 2:B=0/off v2 | 1 Adjusted +100 balance 600 500>600, 2 Deactivated 0 balance 0
        update 1: 2:                => Accepted 1:A=600/on v2, 2:B=0/off v2
        update 1:=700 2:A           => Conflict(1) 1 CodeTaken 1
        update 1:C 2:A              => Accepted 1:C=600/on v3, 2:A=0/off v3 | 1 Renamed 0 balance 600 A>C, 2 Renamed 0 balance 0 B>A
        update 1:=500               => Accepted 1:C=500/on v4 | 1 Adjusted -100 balance 500 600>500
        """);

    [Fact]
    public void An_item_may_expect_a_version_and_is_one_of_the_conflicts() => LedgerTable.Check("""
        stored 1:A=500 spent 200
        stored 2:B
        update 1:=600/v1 2:/v1        => Accepted 1:A=600/on v2, 2:B=0/on v1 | 1 Adjusted +100 balance 400 500>600
        update 1:=700/v1 2:/v1        => PreconditionFailed(1) 0 VersionMismatch 2
        update 1:A=700/v1 2:B/v7      => PreconditionFailed(2) 0 VersionMismatch 2, 1 VersionMismatch 1
        update 1:=700/v1 2:A          => Conflict(2) 0 VersionMismatch 2, 1 CodeTaken 1
        update 1:=1/v1 2:             => Conflict(1) 0 VersionMismatch 2, 0 ValueBelowUsed 200
        update 1:=700/v1 9:/v1        => NotFound(1) 1 NotFound 9
        update 1:=700/v2 2:/v1        => Accepted 1:A=700/on v3, 2:B=0/on v1 | 1 Adjusted +100 balance 500 600>700
        """);

    [Fact]
    public void No_version_at_all_matches_none()
    {
        var command = (UpdateCertificates)CommandText.Parse("update 1:A") with { ExpectedVersions = [] };
        var (outcome, _) = command.Decide(LedgerTable.StateOf([LedgerTable.Stored("stored 1:A")]), Instants.Start);
        Assert.Equal("PreconditionFailed(1) 0 VersionMismatch 1", OutcomeText.Of(outcome));
    }

    [Fact]
    public void A_change_leaves_alone_what_it_is_not_about()
    {
        var before = LedgerTable.Stored("stored 1:A=500/on spent 20 held 30");
        var (_, changes) = ((UpdateCertificates)CommandText.Parse("update 1:B=600/off")).Decide(
            LedgerTable.StateOf([before]), Instants.Later(5));
        var expected = before with
        {
            Code = CommandText.Code("B"),
            FaceValue = 600,
            IsActive = false,
            Version = 2,
            UpdatedAt = Instants.Later(5),
            LastEntryId = 4,
        };
        Assert.Equal(expected, Assert.Single(changes.Updated));
        Assert.All(changes.Entries, entry => Assert.Equal((CommandText.Actor, Instants.Later(5)), (entry.Actor, entry.CreatedAt)));
        Assert.Equal(3, changes.Entries.Count);
    }

    [Fact]
    public void A_refusal_changes_nothing()
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=500"), LedgerTable.Stored("stored 2:B")]);
        foreach (var refused in new[] { "update 1:C=9 9:D", "update 1:C if 8", "update 1:B=9" })
            CommandText.Parse(refused).ApplyTo(state, Instants.Start);
        Assert.False(state.HasChanges);
    }

    [Fact]
    public void It_looks_at_its_certificates_and_its_codes()
    {
        var footprint = new Footprint();
        CommandText.Parse("update 1:B 2:A").AddTo(footprint);
        Assert.Equal([1, 2], footprint.CertificateIds);
        Assert.Equal(["B", "A"], footprint.Certificates.Values.Select(code => code.Text));
    }
}
