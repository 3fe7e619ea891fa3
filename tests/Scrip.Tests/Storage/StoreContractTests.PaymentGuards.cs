using System.Data.Common;
using Scrip.Ledger;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>The second guard of payments: the schema refuses what no rule allows.</summary>
public abstract partial class StoreContractTests
{
    public static TheoryData<string, Func<LedgerState, Changes>> ForbiddenPayments => new()
    {
        { "an id twice", _ => new Changes { NewRedemption = Paid(1, "R2") } },
        { "a live reference twice", _ => new Changes { NewRedemption = Paid(2, "R1") } },
        { "nothing taken", _ => new Changes { NewRedemption = Paid(2, "R2") with { Amount = 0, Captured = 0 } } },
        { "less than nothing taken", _ => new Changes { NewRedemption = Paid(2, "R2") with { Amount = -1, Captured = -1 } } },
        { "a hold without an end", _ => new Changes { NewRedemption = Paid(2, "R2") with { State = RedemptionState.Held, Captured = 0 } } },
        { "more captured than held", state => Changed(state, one => one with { Captured = 101 }) },
        { "less than nothing captured", state => Changed(state, one => one with { Captured = -1 }) },
        { "more refunded than captured", state => Changed(state, one => one with { Captured = 10, Refunded = 11 }) },
        { "less than nothing refunded", state => Changed(state, one => one with { Refunded = -1 }) },
        { "a balance below nothing", state => Changed(state, one => one with { BalanceAfter = -1 }) },
        { "a state before the first", state => Changed(state, one => one with { State = 0 }) },
        { "a state after the last", state => Changed(state, one => one with { State = (RedemptionState)5 }) },
        { "less than nothing held in the journal", _ => Line(new Entry(3, 1, 2, 1, EntryKind.Released, 1, 401, -1, 500, null, 0, Instants.Start)) },
        { "more than the face value in the journal", _ => Line(new Entry(3, 1, 2, 1, EntryKind.Held, -1, 400, 101, 500, null, 0, Instants.Start)) },
        { "a line that follows itself", _ => Line(new Entry(3, 1, 3, 1, EntryKind.Held, -1, 400, 100, 500, null, 0, Instants.Start)) },
        { "a line that follows none", _ => Line(new Entry(3, 1, 0, 1, EntryKind.Held, -1, 400, 100, 500, null, 0, Instants.Start)) },
        { "a line's number twice", _ => Line(new Entry(2, 1, 1, 1, EntryKind.Held, -1, 400, 100, 500, null, 0, Instants.Start)) },
        { "a timeline that ends before its issue", state => Updated(state, one => one with { LastEntryId = 0 }) },
        { "more held than is left", state => Updated(state, one => one with { Spent = 401 }) },
    };

    [Theory]
    [MemberData(nameof(ForbiddenPayments), DisableDiscoveryEnumeration = true)]
    public async Task What_no_rule_of_payments_lets_through_the_schema_refuses(string what, Func<LedgerState, Changes> change)
    {
        Assert.NotEmpty(what);
        Write("create A=500");
        Write("hold A 100 R1 until 60");
        var before = await SnapshotAsync();

        var footprint = new Footprint();
        footprint.AddRedemption(1);
        using (var transaction = store.Begin(DefaultSite, footprint, Instants.Start))
        {
            transaction.State.Record(change(transaction.State));
            Remember(transaction.State, "neighbour");
            Assert.ThrowsAny<DbException>(transaction.Commit);
        }

        var after = await SnapshotAsync();
        Assert.Equal(before.Counters, after.Counters);
        Assert.Equal(before.Certificates, after.Certificates);
        Assert.Equal(before.Redemptions, after.Redemptions);
        Assert.Equal(before.Entries, after.Entries);
        Assert.Null(RecordOf("neighbour"));
        Assert.Equal(["Held 2:R2 of 1:A 1-0+0 balance 399 until 60"], Write("hold A 1 R2 until 60"));
    }

    private static Redemption Paid(long id, string reference) => new()
    {
        Id = id,
        CertificateId = 1,
        Reference = reference,
        State = RedemptionState.Captured,
        Amount = 5,
        Captured = 5,
        Refunded = 0,
        BalanceAfter = 395,
        CreatedAt = Instants.Start,
    };

    private static Changes Line(Entry entry) => new() { Entries = [entry] };

    private static Changes Changed(LedgerState state, Func<Redemption, Redemption> change) =>
        new() { UpdatedRedemptions = [change(state.FindRedemption(1)!)] };
}
