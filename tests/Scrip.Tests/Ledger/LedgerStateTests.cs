using Scrip.Ledger;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>The commands of one group see what earlier ones did, and what they leave is written at the end.</summary>
public sealed class LedgerStateTests
{
    [Fact]
    public void A_certificate_is_created_updated_and_its_old_code_taken_in_one_group() => LedgerTable.Check("""
        stored 1:A=100
        create B=500            => Accepted 2:B=500/on v1
        update 2:C=600          => Accepted 2:C=600/on v2 | 2 Adjusted +100 balance 600 500>600, 2 Renamed 0 balance 600 B>C
        create C                => Conflict(1) 0 CodeTaken 2
        create B=7              => Accepted 3:B=7/on v1
        update 1:A2             => Accepted 1:A2=100/on v2 | 1 Renamed 0 balance 100 A>A2
        create A=9              => Accepted 4:A=9/on v1
        update 1:A              => Conflict(1) 0 CodeTaken 4
        update 4:A2 1:A         => Accepted 4:A2=9/on v2, 1:A=100/on v3 | 4 Renamed 0 balance 9 A>A2, 1 Renamed 0 balance 100 A2>A
        update 4:A4 2:C if 1    => PreconditionFailed(2) 0 VersionMismatch 2, 1 VersionMismatch 2
        update 5:X              => NotFound(1) 0 NotFound 5
        """);

    [Fact]
    public void A_certificate_is_created_paid_with_renamed_and_paid_with_by_its_new_code_in_one_group() => LedgerTable.Check("""
        create A-1=500/off B=9        => Accepted 1:A-1=500/off v1, 2:B=9/on v1
        redeem a1 100 R               => Inactive
        update 1:A-1/on               => Accepted 1:A-1=500/on v2 | 1 Activated 0 balance 500
        redeem a1 100 R               => Captured 1:R of 1:A-1 100-100+0 balance 400 | 1 Captured r1 -100 balance 400
        update 1:C                    => Accepted 1:C=500/on v4 | 1 Renamed 0 balance 400 A-1>C
        redeem a1 100 R2              => NotFound
        redeem c 100 R                => DuplicateReference 1
        hold c 100 R2 until 60        => Held 2:R2 of 1:C 100-0+0 balance 300 until 60 | 1 Held r2 -100 balance 300 held 100
        update 1:B 2:C                => Accepted 1:B=500/on v6, 2:C=9/on v2 | 1 Renamed 0 balance 300 C>B, 2 Renamed 0 balance 9 B>C
        redeem C all R                => Captured 3:R of 2:C 9-9+0 balance 0 | 2 Captured r3 -9 balance 0
        capture 2                     => Captured 2:R2 of 1:B 100-100+0 balance 300 until 60 | 1 Captured r2 -100 balance 300
        create c=1                    => Accepted 3:c=1/on v1
        redeem c 1 R                  => Captured 4:R of 3:c 1-1+0 balance 0 | 3 Captured r4 -1 balance 0
        create cc=1 C-C=1             => Accepted 4:cc=1/on v1, 5:C-C=1/on v1
        redeem CC 1 R                 => NotFound
        """);

    [Fact]
    public void Redemptions_that_are_to_be_written_are_there_as_the_group_left_them()
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=500")]);
        Run(state, "hold A 100 R1", "hold A 50 R2", "capture 1 30", "release 2", "redeem A 5 R2", "refund 1 10");
        Assert.Empty(state.UpdatedRedemptions);
        Assert.Equal(
            [(1, "Captured", 30, 10, 475), (2, "Released", 0, 0, 470), (3, "Captured", 5, 0, 465)],
            state.CreatedRedemptions.Select(made =>
                ((int)made.Id, made.State.ToString(), (int)made.Captured, (int)made.Refunded, (int)made.BalanceAfter)));
        Assert.Equal((3, 8), (state.LastRedemptionId, state.LastEntryId));
        Assert.Equal(Enumerable.Range(2, 7), state.Entries.Select(entry => (int)entry.Id));
    }

    [Fact]
    public void What_is_to_be_written_is_the_last_state_of_each_certificate()
    {
        var stored = LedgerTable.Stored("stored 1:A=100");
        var state = LedgerTable.StateOf([stored, LedgerTable.Stored("stored 2:Z")]);
        Run(state, "create B=500 C", "update 3:B2", "update 1:A2", "update 1:A3=150", "update 2:Z");

        Assert.Equal([(3, "B2", 2), (4, "C", 1)], state.Created.Select(made => ((int)made.Id, made.Code.Text, (int)made.Version)));
        Assert.Equal(500, state.Created[0].IssuedValue);
        var (before, after) = Assert.Single(state.Updated);
        Assert.Equal(stored, before);
        Assert.Equal(stored with { Code = CommandText.Code("A3"), FaceValue = 150, Version = 3, UpdatedAt = Instants.Later(1), LastEntryId = 8 }, after);
        Assert.Equal(4, state.LastCertificateId);
    }

    [Fact]
    public void A_certificate_that_returns_to_what_it_was_is_still_written_with_its_versions()
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A")]);
        Run(state, "update 1:B", "update 1:A");
        var (before, after) = Assert.Single(state.Updated);
        Assert.Equal((before.Code, 3), (after.Code, (int)after.Version));
    }

    [Fact]
    public void Certificates_are_written_in_the_order_of_their_ids()
    {
        var state = LedgerTable.StateOf([.. Enumerable.Range(1, 5).Select(id => LedgerTable.Stored($"stored {id}:C{id}"))]);
        Run(state, "update 4:D4", "update 2:D2 5:D5", "update 1:D1");
        Assert.Equal([1, 2, 4, 5], state.Updated.Select(pair => pair.After.Id));
    }

    [Fact]
    public void A_group_that_only_looked_has_no_changes()
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A")]);
        Run(state, "update 1:A", "update 9:B", "create A", "create");
        Assert.False(state.HasChanges);
    }

    [Fact]
    public void A_key_remembered_in_the_group_is_recalled_in_the_group_by_its_actor_alone()
    {
        var state = LedgerTable.StateOf([]);
        var identity = CommandText.Identity("key");
        var record = new IdempotencyRecord(
            CommandText.Actor, identity.Key, identity.Fingerprint, default, identity.TraceId, Instants.Start);
        Assert.Null(state.Recall(CommandText.Actor, identity.Key));
        state.Remember(record);
        Assert.Same(record, state.Recall(CommandText.Actor, identity.Key));
        Assert.Null(state.Recall(CommandText.Actor + 1, identity.Key));
        Assert.True(state.HasChanges);
    }

    private static void Run(LedgerState state, params string[] requests)
    {
        foreach (var request in requests)
            CommandText.Parse(request).ApplyTo(state, Instants.Later(1));
    }
}
