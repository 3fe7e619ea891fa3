using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Problems;

namespace Scrip.Server.OpenApi;

/// <summary>The answers that many calls have in common, gathered by what makes them possible.</summary>
internal static class SharedAnswers
{
    private static readonly ApiAnswer Unauthorized = Shared(nameof(Unauthorized), ApiAnswer.Refusal(
        ProblemType.Unauthorized,
        "The token is missing, malformed, unknown, revoked or expired. The body is the same for every reason.",
        "Send the token in the header API-Token, or as Authorization: Bearer.").With(ApiHeaders.WwwAuthenticate));

    private static readonly ApiAnswer TooSlow = Shared(nameof(TooSlow), ApiAnswer.Refusal(
        ProblemType.RequestTimeout,
        "The body arrived too slowly. Nothing was stored.",
        ProblemFor.BodyTooSlow));

    private static readonly ApiAnswer NotJson = Shared(nameof(NotJson), ApiAnswer.Refusal(
        ProblemType.UnsupportedMediaType,
        "The request has no Content-Type: application/json, another charset than UTF-8, a parameter twice, or a Content-Encoding. "
        + "Nothing was stored.",
        "Send Content-Type: application/json (in UTF-8).").With(ApiHeaders.Accept, ApiHeaders.AcceptEncoding));

    private static readonly ApiAnswer NotPatch = Shared(nameof(NotPatch), ApiAnswer.Refusal(
        ProblemType.UnsupportedMediaType,
        "The request has neither Content-Type: application/json nor application/merge-patch+json, another charset than UTF-8, a "
        + "parameter twice, or a Content-Encoding. Nothing was stored.",
        "Send Content-Type: application/json (in UTF-8).").With(ApiHeaders.Accept, ApiHeaders.AcceptPatch, ApiHeaders.AcceptEncoding));

    private static readonly ApiAnswer KeyReused = Shared(nameof(KeyReused), ApiAnswer.Refusal(
        ProblemType.IdempotencyKeyReused,
        "The same Idempotency-Key came before with another request. Nothing was stored.",
        "A request that differed from this one came with the same Idempotency-Key. Nothing was stored."));

    private static readonly ApiAnswer RateLimited = Shared(nameof(RateLimited), ApiAnswer.Refusal(
        ProblemType.RateLimited,
        "More requests a second than the operator lets one token, or one address without a valid token, make. Without such a setting there "
        + "is no limit. Nothing was stored.",
        "Wait a second, then send it again.").With(ApiHeaders.RetryAfter));

    /// <summary>Of the calls that take a code, in place of the one above.</summary>
    public static readonly ApiAnswer Guessing = Shared(nameof(Guessing), ApiAnswer.Refusal(
        ProblemType.RateLimited,
        "Too many codes that match no certificate came from this customer, or with this token, or more requests a second than the operator "
        + "lets a token make. Right and wrong codes get the same response then. Nothing was stored.",
        "Too many codes that match no certificate came from this customer or token. Nothing was looked up or stored.")
        .With(ApiHeaders.RetryAfter));

    private static readonly ApiAnswer InternalError = Shared(nameof(InternalError), ApiAnswer.Refusal(
        ProblemType.InternalError,
        "A defect of the server. trace_id finds the request in its log.",
        "This is a defect. Nothing says whether something was stored."));

    private static readonly ApiAnswer Unavailable = Shared(nameof(Unavailable), ApiAnswer.Refusal(
        ProblemType.Unavailable,
        "The database cannot be used, or too much is waiting to be done. Nothing was stored, unless detail says that this is not known: "
        + "then the same request with the same Idempotency-Key finds out.",
        "The database cannot be used at the moment. Nothing was stored; try again.").With(ApiHeaders.RetryAfter));

    private static readonly ApiAnswer CannotBeRead = Shared(nameof(CannotBeRead), ApiAnswer.Refusal(
        ProblemType.Unavailable,
        "The database cannot be used, or too much is waiting to be done.",
        "The database cannot be used at the moment. Try again.").With(ApiHeaders.RetryAfter));

    private static readonly ApiAnswer NoRoomToRead = Shared(nameof(NoRoomToRead), ApiAnswer.Refusal(
        ProblemType.DiskFull,
        "The disk of the database is full.",
        "Try again later.").With(ApiHeaders.RetryAfter));

    private static readonly ApiAnswer DiskFull = Shared(nameof(DiskFull), ApiAnswer.Refusal(
        ProblemType.DiskFull,
        "The disk of the database is full. Nothing was stored.",
        "Nothing was stored.").With(ApiHeaders.RetryAfter));

    /// <summary>Of every path, for methods that it does not have, and so of no operation.</summary>
    private static readonly ApiAnswer MethodNotAllowed = Shared(nameof(MethodNotAllowed), ApiAnswer.Refusal(
        ProblemType.MethodNotAllowed, "The path has other methods.", detail: null).With(ApiHeaders.Allow));

    public static IReadOnlyList<ApiAnswer> All { get; } =
    [
        Unauthorized, MethodNotAllowed, TooSlow, NotJson, NotPatch, KeyReused, RateLimited, Guessing, InternalError, Unavailable, DiskFull,
        CannotBeRead, NoRoomToRead,
    ];

    public static IReadOnlyList<ApiAnswer> OfEveryCall { get; } = [InternalError];

    public static IReadOnlyList<ApiAnswer> OfBodies { get; } = [TooSlow, NotJson];

    public static IReadOnlyList<ApiAnswer> OfPatches { get; } = [TooSlow, NotPatch];

    /// <summary>
    /// Sorting a long list needs room on the disk, and so does writing down that a hold has run out, which some answers wait for.
    /// </summary>
    public static IReadOnlyList<ApiAnswer> OfReads { get; } = [CannotBeRead, NoRoomToRead];

    public static IReadOnlyList<ApiAnswer> OfWrites { get; } = [KeyReused, Unavailable, DiskFull];

    public static IReadOnlyList<ApiAnswer> OfProbes { get; } = [CannotBeRead, NoRoomToRead];

    public static IReadOnlyList<ApiAnswer> OfCallersWith(Scopes anyOf)
    {
        if (anyOf == Scopes.None)
            return [Unauthorized, RateLimited];
        var missing = ScopeNames.List(anyOf) switch
        {
            ["admin"] => "The token does not have the scope admin.",
            [var only] => $"The token has neither the scope {only} nor admin.",
            var several => $"The token has none of the scopes {string.Join(", ", several)} and admin.",
        };
        return
        [
            Unauthorized,
            ApiAnswer.Refusal(
                ProblemType.Forbidden, missing, $"This call needs a token with the scope {ScopeNames.AnyOf(anyOf)}."),
            RateLimited,
        ];
    }

    private static ApiAnswer Shared(string name, ApiAnswer answer) => answer with { SharedAs = name };
}
