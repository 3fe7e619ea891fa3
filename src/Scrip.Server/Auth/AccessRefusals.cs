using Scrip.Ledger.Access;
using Scrip.Server.Problems;

namespace Scrip.Server.Auth;

/// <summary>What callers get who may not make the call.</summary>
internal static class AccessRefusals
{
    public static ProblemResult Unauthorized() =>
        new(ProblemType.Unauthorized, "Send the token in the header API-Token, or as Authorization: Bearer.");

    public static ProblemResult Forbidden(Scopes anyOf) =>
        new(ProblemType.Forbidden, $"This call needs a token with the scope {ScopeNames.AnyOf(anyOf)}.");
}
