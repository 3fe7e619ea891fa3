using Microsoft.AspNetCore.Http;
using Scrip.Ledger;

namespace Scrip.Server.Http;

/// <summary>A call that moves money: no parameters, a small body, and a key.</summary>
internal static class KeyedRequest
{
    public const int MaxBodyBytes = 16 * 1024;

    public static async Task<(TCommand? Command, IResult? Refusal)> ReadAsync<TBody, TCommand>(
        HttpContext context,
        Currency currency,
        string call,
        bool isBodyOptional,
        ReadBody<TBody> readBody,
        Func<TBody, RequestIdentity?, TCommand> toCommand)
        where TCommand : Command
    {
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = isBodyOptional
            ? await RequestBody.ReadOptionalAsync(context.Request, MaxBodyBytes)
            : await RequestBody.ReadAsync(context.Request, MaxBodyBytes);
        if (refusal is not null)
            return (null, refusal);
        using (body)
        {
            var read = readBody(body!.Utf8, currency, errors);
            if (errors.Any)
                return (null, errors.ToProblem());
            if (EntityTags.RefuseConditions(context.Request) is { } refused)
                return (null, refused);
            return RequestIdentification.TryReadRequired(context.Request, call, body.Utf8, out var identity, out refusal)
                ? (toCommand(read, identity), null)
                : (null, refusal);
        }
    }

    internal delegate TBody ReadBody<TBody>(ReadOnlySpan<byte> utf8, Currency currency, RequestErrors errors);
}
