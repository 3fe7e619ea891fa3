using Microsoft.AspNetCore.Http;
using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>The sender of a request: its site, the actor for its writes, and its scopes.</summary>
internal sealed record Caller(Site Site, long Actor, Scopes Scopes)
{
    /// <summary>An administrator of the default site administers every site; one of another site only that site.</summary>
    public bool AdministersAll => Site.Id == Site.DefaultId && MayAnyOf(Scopes.Admin);

    /// <summary>Whether codes are shown in full. Other callers see the last characters (<see cref="Certificates.MaskedCode"/>).</summary>
    public bool SeesCodes => MayAnyOf(Scopes.CertificatesRead);

    /// <summary>Whether the token has one of these scopes, or <see cref="Scopes.Admin"/>, which includes all of them.</summary>
    public bool MayAnyOf(Scopes scopes) => (Scopes & (scopes | Scopes.Admin)) != Scopes.None;

    /// <summary>Lets a handler take its caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
