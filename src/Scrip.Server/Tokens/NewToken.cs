using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Tokens;

/// <summary>The body of the call that creates a token.</summary>
/// <param name="Site">Null only if the body has an error.</param>
internal readonly record struct NewToken(Site? Site, string Name, Scopes Scopes, DateTimeOffset? ExpiresAt)
{
    /// <param name="findSite">Finds a site among those that the caller administers.</param>
    public static NewToken Read(ReadOnlySpan<byte> utf8, Func<string, Site?> findSite, DateTimeOffset now, RequestErrors errors)
    {
        var body = RequestObject.Read(utf8, errors, "site", "name", "scopes", "expires_at");
        var siteName = body.Text("site", Site.MaxNameLength);
        var name = body.Text("name", ApiToken.MaxNameLength);
        var scopes = ReadScopes(body);
        var expiresAt = body.Instant("expires_at");
        if (expiresAt <= now)
            body.Refuse("expires_at", ErrorCodes.OutOfRange, "expires_at must be in the future.");
        var site = findSite(siteName);
        if (site is null && siteName.Length > 0)
            body.Refuse("site", ErrorCodes.UnknownValue, "The site was not found.");
        return new NewToken(site, name, scopes, expiresAt);
    }

    private static Scopes ReadScopes(RequestObject body)
    {
        var scopes = Scopes.None;
        foreach (var (at, name) in body.Texts("scopes").Index())
        {
            if (ScopeNames.TryParse(name, out var scope))
                scopes |= scope;
            else
                body.RefuseItem("scopes", at, ErrorCodes.UnknownValue, $"Known scopes: {ScopeNames.All}.");
        }
        return scopes;
    }
}
