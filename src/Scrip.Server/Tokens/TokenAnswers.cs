using Microsoft.AspNetCore.Http;
using Scrip.Client;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Tokens;

/// <summary>Maps the outcomes of writes about tokens to responses.</summary>
internal static class TokenAnswers
{
    /// <param name="token">As it was requested, with its secret.</param>
    public static IResult OfCreated(Written<ApiTokenCreated> written, ApiTokenResource token) => written switch
    {
        { Outcome: null } => ProblemFor.KeyReused(),
        { Outcome: var created, IsReplay: true } => AlreadyShown(
            $"The first request with this key created token {created.Id}; its secret was shown then and is not kept. Revoke it and "
            + "create another.",
            written.TraceId),
        { Outcome: var created } => JsonResult.Of(
            token with { Id = created.Id, CreatedAt = created.CreatedAt },
            JsonResult.Wire.ApiTokenResource,
            StatusCodes.Status201Created),
    };

    /// <param name="id">As the path names it.</param>
    /// <param name="secret">The new secret.</param>
    public static IResult OfRotated(
        Written<RotateApiTokenOutcome> written, string id, Site site, string secret, DateTimeOffset now) =>
        written.Outcome is not { } outcome ? ProblemFor.KeyReused() : outcome.Verdict switch
        {
            RotateApiTokenVerdict.NotFound => NotFound(id, written.TraceId),
            RotateApiTokenVerdict.Revoked => CannotRotate($"Token {id} is revoked", written.TraceId),
            RotateApiTokenVerdict.Expired => CannotRotate($"Token {id} has expired", written.TraceId),
            RotateApiTokenVerdict.Rotated when outcome.Token is { } rotated => JsonResult.Of(
                Resource(rotated, site.Name, now) with { Token = secret }, JsonResult.Wire.ApiTokenResource),
            RotateApiTokenVerdict.Rotated => AlreadyShown(
                $"The first request with this key rotated token {id}; its new secret was shown then and is not kept. Another rotation "
                + "shows another and ends the secret from before the first one at once.",
                written.TraceId),
        };

    /// <param name="id">As the path names it.</param>
    public static IResult OfRevoked(Written<RevokeApiTokenOutcome> written, string id) =>
        written.Outcome is not { } outcome ? ProblemFor.KeyReused() : outcome.Verdict switch
        {
            RevokeApiTokenVerdict.Revoked => Results.NoContent(),
            RevokeApiTokenVerdict.NotFound => NotFound(id, written.TraceId),
        };

    /// <summary>A token as it is listed, without its secret.</summary>
    public static ApiTokenResource Resource(ApiToken token, string site, DateTimeOffset now) => new(
        token.Id, site, token.Name, ScopeNames.List(token.Scopes), token.CreatedAt, token.ExpiresAt, token.RevokedAt,
        token.IsLive(now) && token.Retiring is { } retiring && retiring.IsLive(now) ? retiring.EndsAt : null);

    private static ProblemResult NotFound(string id, string? traceId) =>
        new(ProblemType.NotFound, $"Token {id} was not found.", traceId: traceId);

    private static ProblemResult CannotRotate(string reason, string? traceId) =>
        new(ProblemType.Conflict, $"{reason} and cannot be rotated. Create another. Nothing was stored.", traceId: traceId);

    /// <summary>The secret was shown once and is not kept, so a replay can only say what the first request did.</summary>
    private static ProblemResult AlreadyShown(string detail, string? traceId) => new(ProblemType.Conflict, detail, traceId: traceId);
}
