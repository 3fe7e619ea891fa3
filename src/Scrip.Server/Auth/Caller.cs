using Microsoft.AspNetCore.Http;
using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>Who sent a request: whose name the write goes under, and in which site.</summary>
internal sealed record Caller(Site Site, long Actor, Scopes Scopes)
{
    /// <summary>An administrator of the default site looks after every site; one of another site, after that one.</summary>
    public bool AdministersAll => Site.Id == Site.DefaultId && May(Scopes.Admin);

    public bool May(Scopes scope) => Scopes.HasFlag(Scopes.Admin) || Scopes.HasFlag(scope);

    /// <summary>Lets a handler take its caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
