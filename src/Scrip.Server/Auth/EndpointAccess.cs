using Microsoft.AspNetCore.Builder;
using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>Who may call an endpoint. An endpoint without this metadata refuses everybody.</summary>
/// <param name="AnyOf">
/// Any one of these scopes suffices; <see cref="Scopes.None"/> for every valid token, null for everybody, even without a token.
/// </param>
internal sealed record EndpointAccess(Scopes? AnyOf);

internal static class EndpointAccessExtensions
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, Scopes scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointAccess(scope));

    /// <summary>Replaces the requirement of the group.</summary>
    public static TBuilder RequireAnyOf<TBuilder>(this TBuilder builder, Scopes scopes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointAccess(scopes));

    public static TBuilder RequireToken<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireScope(Scopes.None);

    public static TBuilder OpenToAll<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointAccess(AnyOf: null));
}
