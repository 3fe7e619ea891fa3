using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>Creates sites, and creates and revokes tokens, in one state that each command leaves to the next.</summary>
public sealed class AccessTests
{
    private static readonly Site Default =
        new(Site.DefaultId, Site.DefaultName, Currency.FromStored("MDL"), "Europe/Chisinau", Instants.Start);

    [Fact]
    public void Sites_get_the_next_id_and_a_name_of_their_own()
    {
        var state = State();
        Assert.Equal((CreateSiteVerdict.Created, 2L), Run(state, NewSite("second")));
        Assert.Equal((CreateSiteVerdict.NameTaken, null), Run(state, NewSite("second")));
        Assert.Equal((CreateSiteVerdict.NameTaken, null), Run(state, NewSite("default")));
        Assert.Equal((CreateSiteVerdict.Created, 3L), Run(state, NewSite("third")));

        Assert.Equal([2, 3], state.NewSites.Select(site => site.Id));
        Assert.Equal(new Site(2, "second", Currency.FromStored("JPY"), "Asia/Tokyo", Instants.Later(1)), state.NewSites[0]);

        static (CreateSiteVerdict, long?) Run(LedgerState state, CreateSite command)
        {
            var outcome = (CreateSiteOutcome)command.ApplyTo(state, Instants.Later(1)).Outcome;
            return (outcome.Verdict, outcome.Site?.Id);
        }
    }

    [Fact]
    public void Tokens_are_numbered_in_their_site()
    {
        var state = State(Token(Site.DefaultId, 1), Token(Site.DefaultId, 2), Token(siteId: 2, 9));
        Assert.Equal(new ApiTokenCreated(3, Instants.Later(1)), NewToken("ERP").ApplyTo(state, Instants.Later(1)).Outcome);
        Assert.Equal(new ApiTokenCreated(4, Instants.Later(2)), NewToken("POS").ApplyTo(state, Instants.Later(2)).Outcome);

        var made = state.NewTokens[0];
        Assert.Equal((Site.DefaultId, 3, "ERP", Scopes.CertificatesRead), (made.SiteId, made.Id, made.Name, made.Scopes));
        Assert.Equal((Instants.Later(1), Instants.Later(60), null), (made.CreatedAt, made.ExpiresAt, made.RevokedAt));
        Assert.Equal([1, 2, 3], made.Hash.ToArray());
    }

    [Fact]
    public void The_first_token_of_a_site_is_number_1() =>
        Assert.Equal(new ApiTokenCreated(1, Instants.Start), NewToken("ERP").ApplyTo(State(Token(siteId: 2, 9)), Instants.Start).Outcome);

    [Fact]
    public void A_token_is_revoked_once_and_only_in_its_own_site()
    {
        var state = State(Token(Site.DefaultId, 1), Token(siteId: 2, 1), Token(siteId: 2, 2));
        Assert.Equal(RevokeApiTokenVerdict.NotFound, Revoke(state, 2, Instants.Later(1)));
        Assert.Equal(RevokeApiTokenVerdict.Revoked, Revoke(state, 1, Instants.Later(2)));
        Assert.Equal(RevokeApiTokenVerdict.Revoked, Revoke(state, 1, Instants.Later(3)));

        var revoked = Assert.Single(state.UpdatedTokens);
        Assert.Equal((Site.DefaultId, 1, Instants.Later(2)), (revoked.SiteId, revoked.Id, revoked.RevokedAt));
    }

    [Fact]
    public void A_token_made_in_the_group_can_be_revoked_in_the_group()
    {
        var state = State();
        NewToken("ERP").ApplyTo(state, Instants.Start);
        Assert.Equal(RevokeApiTokenVerdict.Revoked, Revoke(state, 1, Instants.Later(1)));
        Assert.Equal(Instants.Later(1), Assert.Single(state.Tokens).RevokedAt);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(11, null, true)]
    [InlineData(10, null, false)]
    [InlineData(9, null, false)]
    [InlineData(null, 9, false)]
    [InlineData(11, 9, false)]
    public void A_token_lives_until_it_expires_or_is_revoked(int? expiresAfter, int? revokedAfter, bool isLive)
    {
        var token = Token(Site.DefaultId, 1) with { ExpiresAt = At(expiresAfter), RevokedAt = At(revokedAfter) };
        Assert.Equal(isLive, token.IsLive(Instants.Later(10)));

        static DateTimeOffset? At(int? seconds) => seconds is { } after ? Instants.Later(after) : null;
    }

    [Fact]
    public void A_rotated_token_has_its_new_secret_and_the_one_before_for_a_while()
    {
        var state = State(Token(Site.DefaultId, 1), Token(siteId: 2, 1));
        var before = Token(Site.DefaultId, 1);

        Assert.Equal(RotateApiTokenVerdict.Rotated, Rotate(state, 1, secret: 7, overlapSeconds: 60, second: 10));
        var once = Assert.Single(state.UpdatedTokens);
        Assert.Equal(before with { Hash = once.Hash, Retiring = once.Retiring }, once);
        Assert.Equal([7], once.Hash.ToArray());
        Assert.Equal(before.Hash.ToArray(), once.Retiring!.Hash.ToArray());
        Assert.Equal(Instants.Later(70), once.Retiring.EndsAt);
        Assert.True(once.Retiring.IsLive(Instants.Later(69)));
        Assert.False(once.Retiring.IsLive(Instants.Later(70)));

        // A further rotation ends the oldest secret; without an overlap the previous one is not kept.
        Assert.Equal(RotateApiTokenVerdict.Rotated, Rotate(state, 1, secret: 8, overlapSeconds: 5, second: 20));
        Assert.Equal([8], state.UpdatedTokens[^1].Hash.ToArray());
        Assert.Equal([7], state.UpdatedTokens[^1].Retiring!.Hash.ToArray());
        Assert.Equal(RotateApiTokenVerdict.Rotated, Rotate(state, 1, secret: 9, overlapSeconds: 0, second: 21));
        Assert.Equal([9], state.UpdatedTokens[^1].Hash.ToArray());
        Assert.Null(state.UpdatedTokens[^1].Retiring);
    }

    [Fact]
    public void What_has_ended_is_not_rotated()
    {
        var revoked = Token(Site.DefaultId, 1) with { RevokedAt = Instants.Start };
        var expired = Token(Site.DefaultId, 2) with { ExpiresAt = Instants.Later(10) };
        var state = State(revoked, expired, Token(siteId: 2, 3));

        Assert.Equal(RotateApiTokenVerdict.Revoked, Rotate(state, 1, secret: 7, overlapSeconds: 0, second: 10));
        Assert.Equal(RotateApiTokenVerdict.Expired, Rotate(state, 2, secret: 7, overlapSeconds: 0, second: 10));
        Assert.Equal(RotateApiTokenVerdict.NotFound, Rotate(state, 3, secret: 7, overlapSeconds: 0, second: 10));
        Assert.False(state.HasChanges);
        Assert.Equal(RotateApiTokenVerdict.Rotated, Rotate(state, 2, secret: 7, overlapSeconds: 0, second: 9));
    }

    [Fact]
    public void All_four_look_at_sites_and_tokens()
    {
        foreach (var command in new Command[]
        {
            NewSite("second"), NewToken("ERP"), new RevokeApiToken(1) { Origin = new(1, 0) }, Rotation(1, secret: 1, overlapSeconds: 0),
        })
        {
            var footprint = new Footprint();
            command.AddTo(footprint);
            Assert.True(footprint.Access);
        }
    }

    private static LedgerState State(params ApiToken[] tokens) =>
        new(new LedgerContents { SiteId = Site.DefaultId, Sites = [Default], Tokens = tokens });

    private static CreateSite NewSite(string name) =>
        new(name, Currency.FromStored("JPY"), "Asia/Tokyo") { Origin = new(Site.DefaultId, Actors.Operator) };

    private static CreateApiToken NewToken(string name) =>
        new(name, Scopes.CertificatesRead, new byte[] { 1, 2, 3 }, Instants.Later(60)) { Origin = new(Site.DefaultId, Actors.Operator) };

    private static ApiToken Token(long siteId, long id) => new(
        siteId,
        id,
        $"token {id}",
        Scopes.CertificatesWrite,
        new byte[] { (byte)siteId, (byte)id },
        Instants.Start,
        ExpiresAt: null,
        RevokedAt: null);

    private static RotateApiToken Rotation(long tokenId, byte secret, int overlapSeconds) =>
        new(tokenId, new[] { secret }, TimeSpan.FromSeconds(overlapSeconds)) { Origin = new(Site.DefaultId, Actors.Operator) };

    private static RotateApiTokenVerdict Rotate(LedgerState state, long tokenId, byte secret, int overlapSeconds, int second) =>
        ((RotateApiTokenOutcome)Rotation(tokenId, secret, overlapSeconds).ApplyTo(state, Instants.Later(second)).Outcome).Verdict;

    private static RevokeApiTokenVerdict Revoke(LedgerState state, long tokenId, DateTimeOffset now)
    {
        var command = new RevokeApiToken(tokenId) { Origin = new(Site.DefaultId, Actors.Operator) };
        return ((RevokeApiTokenOutcome)command.ApplyTo(state, now).Outcome).Verdict;
    }
}
