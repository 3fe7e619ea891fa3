using Scrip.Ledger.Access;
using Scrip.Server.Problems;

namespace Scrip.Server.Auth;

/// <summary>The responses to callers that may not make a call.</summary>
internal static class AccessRefusals
{
    public static ProblemResult Unauthorized() =>
        new(ProblemType.Unauthorized, "Send the token in the header API-Token, or as Authorization: Bearer.");

    public static ProblemResult Forbidden(Scopes anyOf) =>
        new(ProblemType.Forbidden, $"This call requires a token with the scope {ScopeNames.AnyOf(anyOf)}.");
}
