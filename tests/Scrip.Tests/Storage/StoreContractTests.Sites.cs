using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_new_database_has_the_default_site_and_no_tokens()
    {
        var access = await store.ReadAccessAsync(CancellationToken.None);
        var expected = new Site(Site.DefaultId, Site.DefaultName, Currency.FromStored("MDL"), "Europe/Chisinau", Instants.Start);
        Assert.Equal(expected, Assert.Single(access.Sites));
        Assert.Empty(access.Tokens);
    }

    [Fact]
    public async Task Sites_share_nothing()
    {
        var other = OpenSite("second");
        Write("create A=1 B=2");
        Assert.Equal(["Accepted 1:B=20/on v1, 2:C=30/on v1"], WriteAt(Instants.Start, other, "create B=20 C=30"));
        Assert.Equal(["Accepted 1:A=21/on v2"], WriteAt(Instants.Start, other, "update 1:A=21"));
        Assert.Equal(["NotFound(1) 0 NotFound 3"], WriteAt(Instants.Start, other, "update 3:X"));
        Write("create C");

        Assert.Equal("1:A=1/on v1, 2:B=2/on v1, 3:C=0/on v1", await ListedAsync());
        Assert.Equal("1:A=21/on v2, 2:C=30/on v1", await ListedAsync(other));
        Assert.Equal((3, 2), (await CountAsync(CertificateQuery.Everything), await CountAsync(CertificateQuery.Everything, other)));
        Assert.Equal(1, await CountAsync(new CertificateQuery { Code = "A" }));
        Assert.Equal(1, await CountAsync(new CertificateQuery { Search = "a" }, other));
        Assert.Empty(await ListAsync(new CertificateQuery { Id = 3 }, other));
        Assert.Empty(Journal());
        Assert.Equal(["1 Adjusted +1 balance 21 20>21", "1 Renamed 0 balance 21 B>A"], Journal(other));
    }

    [Fact]
    public async Task A_rotated_token_is_kept_with_both_secrets_until_it_is_revoked()
    {
        Write(Instants.Later(1), new CreateApiToken("ERP", Scopes.Admin, new byte[] { 1 }, Instants.Later(900))
        {
            Origin = new(DefaultSite, 0),
        });
        Write(Instants.Later(2), new RotateApiToken(1, new byte[] { 2 }, TimeSpan.FromSeconds(60)) { Origin = new(DefaultSite, 0) });
        Reopen();
        var rotated = Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Tokens);
        Assert.Equal([2], rotated.Hash.ToArray());
        Assert.Equal([1], rotated.Retiring!.Hash.ToArray());
        Assert.Equal((Instants.Later(62), Instants.Later(900), null), (rotated.Retiring.EndsAt, rotated.ExpiresAt, rotated.RevokedAt));

        Write(Instants.Later(3), new RotateApiToken(1, new byte[] { 3 }, TimeSpan.Zero) { Origin = new(DefaultSite, 0) });
        Write(Instants.Later(4), new RevokeApiToken(1) { Origin = new(DefaultSite, 0) });
        Reopen();
        var revoked = Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Tokens);
        Assert.Equal([3], revoked.Hash.ToArray());
        Assert.Equal((null, Instants.Later(4)), (revoked.Retiring, revoked.RevokedAt));
    }

    [Fact]
    public async Task A_site_that_was_never_opened_is_empty() => Assert.Empty(await ListAsync(CertificateQuery.Everything, siteId: 99));

    [Fact]
    public async Task Sites_and_tokens_are_kept_whole()
    {
        var other = OpenSite("second");
        var hash = Enumerable.Range(0, 32).Select(n => (byte)(n * 8)).ToArray();
        Write(
            Instants.Later(1),
            new CreateApiToken("ERP ä", Scopes.CertificatesRead | Scopes.CertificatesWrite, hash, Instants.Later(60))
            {
                Origin = new(other, 0),
            },
            new CreateApiToken("POS", Scopes.Admin, new byte[] { 0 }, null) { Origin = new(other, 0) });
        Write(Instants.Later(2), new CreateApiToken("ERP ä", Scopes.None, hash, null) { Origin = new(DefaultSite, 0) });
        Write(Instants.Later(3), new RevokeApiToken(2) { Origin = new(other, 0) });
        Reopen();

        var access = await store.ReadAccessAsync(CancellationToken.None);
        Assert.Equal(new Site(other, "second", Currency.FromStored("JPY"), "Asia/Tokyo", Instants.Start), access.Sites[1]);
        Assert.Equal(
            [
                $"1/1 ERP ä None {Convert.ToHexString(hash)} {Instants.Later(2):O}  ",
                $"2/1 ERP ä CertificatesRead, CertificatesWrite {Convert.ToHexString(hash)} {Instants.Later(1):O} {Instants.Later(60):O} ",
                $"2/2 POS Admin 00 {Instants.Later(1):O}  {Instants.Later(3):O}",
            ],
            access.Tokens.Select(token =>
                $"{token.SiteId}/{token.Id} {token.Name} {token.Scopes} {Convert.ToHexString(token.Hash.Span)} "
                + $"{token.CreatedAt:O} {token.ExpiresAt:O} {token.RevokedAt:O}"));
    }

    [Fact]
    public async Task A_token_made_and_revoked_in_one_group_is_stored_revoked()
    {
        Write(
            Instants.Start,
            new CreateApiToken("ERP", Scopes.Admin, new byte[] { 1 }, null) { Origin = new(DefaultSite, 0) },
            new RevokeApiToken(1) { Origin = new(DefaultSite, 0) });
        Assert.Equal(Instants.Start, Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Tokens).RevokedAt);
    }

    [Fact]
    public void A_transaction_that_asks_for_access_sees_all_sites_and_all_tokens()
    {
        var other = OpenSite("second");
        Write(Instants.Start, new CreateApiToken("ERP", Scopes.Admin, new byte[] { 1 }, null) { Origin = new(other, 0) });
        var footprint = new Footprint();
        footprint.AddAccess();
        using (var transaction = store.Begin(DefaultSite, footprint, Instants.Start))
            Assert.Equal((2, 1), (transaction.State.Sites.Count, transaction.State.Tokens.Count));
        using (var transaction = store.Begin(DefaultSite, new Footprint(), Instants.Start))
            Assert.Equal((0, 0), (transaction.State.Sites.Count, transaction.State.Tokens.Count));
    }
}
