using Microsoft.AspNetCore.Builder;
using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>Who may call an endpoint. One that says nothing answers nobody.</summary>
/// <param name="Scope">Null for everybody, without a token.</param>
internal sealed record EndpointAccess(Scopes? Scope);

internal static class EndpointAccessExtensions
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, Scopes scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointAccess(scope));

    public static TBuilder OpenToAll<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointAccess(Scope: null));
}
