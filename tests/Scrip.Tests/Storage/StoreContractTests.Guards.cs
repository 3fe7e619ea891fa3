using System.Data.Common;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// The second guard: the schema refuses what no rule allows, with the whole group. Its faults are the driver's own, not outages.
/// </summary>
public abstract partial class StoreContractTests
{
    public static TheoryData<string, Func<LedgerState, Changes>> Forbidden => new()
    {
        { "a code twice", _ => new Changes { Created = [Unchecked(3, CommandText.Code("A"))] } },
        { "another's code", state => Updated(state, one => one with { Code = CommandText.Code("B") }) },
        { "an id twice", _ => new Changes { Created = [Unchecked(2, CommandText.Code("NEW"))] } },
        { "an empty code", _ => new Changes { Created = [Unchecked(3, CertificateCode.FromStored(""))] } },
        { "a code of 256 characters", _ => new Changes { Created = [Unchecked(3, CertificateCode.FromStored(new string('x', 256)))] } },
        { "a negative face value", state => Updated(state, one => one with { FaceValue = -1 }) },
        { "a face value beyond the range", state => Updated(state, one => one with { FaceValue = 1_000_000_000_000_001 }) },
        { "more spent than the face value", state => Updated(state, one => one with { Spent = 501 }) },
        { "more held than is left", state => Updated(state, one => one with { Spent = 300, Held = 201 }) },
        { "less than nothing spent", state => Updated(state, one => one with { Spent = -1 }) },
        { "less than nothing held", state => Updated(state, one => one with { Held = -1 }) },
        { "a version before the first", state => Updated(state, one => one with { Version = 0 }) },
        { "a balance below nothing in the journal", _ => new Changes { Entries = [Overdrawn] } },
        { "a site's name twice", _ => new Changes { NewSite = NewSite(2, "default") } },
        { "a site twice", _ => new Changes { NewSite = NewSite(DefaultSite, "other") } },
        { "a token's hash twice", _ => new Changes { NewToken = Token(id: 2, hash: 1) } },
        { "a token's id twice", _ => new Changes { NewToken = Token(id: 1, hash: 2) } },
    };

    [Theory]
    [MemberData(nameof(Forbidden), DisableDiscoveryEnumeration = true)]
    public async Task What_no_rule_lets_through_the_schema_refuses(string what, Func<LedgerState, Changes> change)
    {
        Assert.NotEmpty(what);
        Write("create A=500 B=500");
        Write(Instants.Start, new CreateApiToken("ERP", Scopes.Admin, new byte[] { 1 }, null) { Origin = new(DefaultSite, 0) });
        var certificatesBefore = await ListAsync(CertificateQuery.Everything);
        var accessBefore = await store.ReadAccessAsync(CancellationToken.None);

        var innocent = CommandText.Parse("create NEIGHBOUR", identity: CommandText.Identity("neighbour"));
        var footprint = new Footprint();
        footprint.AddCertificate(1);
        using (var transaction = store.Begin(DefaultSite, footprint, Instants.Start))
        {
            transaction.State.Record(change(transaction.State));
            Remember(transaction.State, "neighbour");
            Assert.ThrowsAny<DbException>(transaction.Commit);
        }

        Assert.Equal(certificatesBefore, await ListAsync(CertificateQuery.Everything));
        var accessAfter = await store.ReadAccessAsync(CancellationToken.None);
        Assert.Equal(accessBefore.Sites, accessAfter.Sites);
        Assert.Equal(accessBefore.Tokens.Select(token => token.Id), accessAfter.Tokens.Select(token => token.Id));
        Assert.Empty(Journal());
        Assert.Null(RecordOf("neighbour"));
        Assert.Equal("Accepted 3:NEIGHBOUR=0/on v1", OutcomeText.Of(Write(Instants.Start, innocent)[0]));
    }

    [Fact]
    public void A_key_is_remembered_once()
    {
        WriteRecord("key");
        // A footprint without the key cannot see that it is taken.
        using (var transaction = store.Begin(DefaultSite, new Footprint(), Instants.Start))
        {
            Remember(transaction.State, "key", receipt: [9]);
            Assert.ThrowsAny<DbException>(transaction.Commit);
        }
        Assert.Empty(RecordOf("key")!.Receipt.ToArray());
    }

    private static Entry Overdrawn => new(3, 1, 1, 0, EntryKind.Adjusted, -1, -1, 0, 0, null, 0, Instants.Start);

    private static Changes Updated(LedgerState state, Func<Certificate, Certificate> change) =>
        new() { Updated = [change(state.Find(1)!)] };

    private static Site NewSite(long id, string name) => new(id, name, Currency.FromStored("MDL"), "Etc/UTC", Instants.Start);

    private static ApiToken Token(long id, byte hash) =>
        new(DefaultSite, id, "POS", Scopes.Admin, new byte[] { hash }, Instants.Start, ExpiresAt: null, RevokedAt: null);
}
