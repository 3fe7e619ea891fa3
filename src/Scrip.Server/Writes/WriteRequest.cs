using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Writes;

/// <summary>
/// The way of every write: its parameters, body, conditions and key are read, in this order, and then its command is carried out. The
/// first of them that is wrong is the answer.
/// </summary>
internal sealed class WriteRequest(HttpContext context, Caller caller, WritePipeline pipeline)
{
    private bool areParametersRead;

    internal delegate TBody ReadBody<TBody>(ReadOnlySpan<byte> utf8, RequestErrors errors);

    public HttpContext Context => context;
    public Caller Caller => caller;
    public Site Site => caller.Site;

    /// <summary>PATCH changes only the members that the body names.</summary>
    public bool IsPatch => HttpMethods.IsPatch(context.Request.Method);

    public RequestErrors Errors { get; } = new();

    /// <summary>Lets a handler take its request as a parameter.</summary>
    public static ValueTask<WriteRequest?> BindAsync(HttpContext context) => ValueTask.FromResult<WriteRequest?>(new(
        context, context.Features.GetRequiredFeature<Caller>(), context.RequestServices.GetRequiredService<WritePipeline>()));

    /// <summary>Reads the parameters of a write that has some. Others are errors.</summary>
    public QueryParameters ReadParameters(params ReadOnlySpan<string> known)
    {
        areParametersRead = true;
        return new QueryParameters(context.Request, Errors, known);
    }

    /// <param name="call">Names the call and what it is about: the same key in two calls is not the same request.</param>
    public async ValueTask<WriteInput<TBody>> ReadAsync<TBody>(WriteForm form, string call, ReadBody<TBody> readBody)
    {
        if (!areParametersRead)
            ReadParameters();
        var (body, fault) = await ReadBytesAsync(form);
        if (body is null)
            return fault!;
        using (body)
        {
            var read = readBody(body.Utf8, Errors);
            if (Errors.Any)
                return Errors.ToProblem();
            if (!EntityTags.TryReadConditions(context.Request, form.TakesIfMatch, out var versions, out var refusal)
                || !RequestIdentification.TryRead(context.Request, call, body.Utf8, form.NeedsKey, out var identity, out refusal))
                return refusal!;
            return new WriteInput<TBody>(Refusal: null, read, versions, identity);
        }
    }

    public async Task<Written<TOutcome>> WriteAsync<TOutcome>(Command<TOutcome> command)
        where TOutcome : class
    {
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.IsReplay)
            context.Response.Headers[RequestIdentification.Replayed] = "true";
        return new Written<TOutcome>(command, (TOutcome?)answer.Outcome, answer.IsReplay, answer.TraceId);
    }

    private ValueTask<(RequestBody? Body, ProblemResult? Problem)> ReadBytesAsync(WriteForm form)
    {
        if (form == WriteForm.WithoutBody)
            return ValueTask.FromResult<(RequestBody?, ProblemResult?)>((RequestBody.None(), null));
        return form.IsBodyOptional
            ? RequestBody.ReadOptionalAsync(context.Request, form.MaxBodyBytes)
            : RequestBody.ReadAsync(context.Request, form.MaxBodyBytes, form.BeforeRenting);
    }
}
