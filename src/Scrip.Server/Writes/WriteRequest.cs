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
/// The path of every write: its parameters, body, conditions and key are read, in this order, and then its command is executed. The first
/// of them that is invalid decides the response.
/// </summary>
internal sealed class WriteRequest(HttpContext context, Caller caller, WritePipeline pipeline)
{
    private bool areParametersRead;

    internal delegate TBody ReadBody<TBody>(ReadOnlySpan<byte> utf8, RequestErrors errors);

    public HttpContext Context => context;
    public Caller Caller => caller;
    public Site Site => caller.Site;

    /// <summary>Whether the method is PATCH, which only changes the members that the body names.</summary>
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

    /// <param name="call">Names the call and its resource, because the same key in two different calls is not the same request.</param>
    public async ValueTask<WriteInput<TBody>> ReadAsync<TBody>(WriteForm form, string call, ReadBody<TBody> readBody)
    {
        if (!areParametersRead)
            ReadParameters();
        var (body, fault) = await ReadBytesAsync(form);
        if (body is null)
            return fault!;
        using (body)
            return Complete(form, call, body, readBody(body.Utf8, Errors));
    }

    /// <summary>Reads a request whose body is a file. Parameters say how: a wrong one refuses it before the file is looked into.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async ValueTask<WriteInput<TFile>> ReadFileAsync<TFile>(WriteForm form, string call, Func<MemoryStream, TFile> readFile)
    {
        if (!areParametersRead)
            ReadParameters();
        var (body, fault) = await RequestBody.ReadFileAsync(context.Request, form.MaxBodyBytes, form.MediaTypes, form.BeforeRenting);
        if (body is null)
            return fault!;
        using (body)
        {
            if (Errors.Any)
                return Errors.ToProblem();
            using var file = body.OpenRead();
            return Complete(form, call, body, readFile(file));
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

    /// <summary>Reads the conditions and the key, if nothing was wrong before.</summary>
    private WriteInput<TBody> Complete<TBody>(WriteForm form, string call, RequestBody body, TBody read)
    {
        if (Errors.Any)
            return Errors.ToProblem();
        if (!EntityTags.TryReadConditions(context.Request, form.TakesIfMatch, out var versions, out var refusal)
            || !RequestIdentification.TryRead(context.Request, call, body.Utf8, form.NeedsKey, out var identity, out refusal))
            return refusal!;
        return new WriteInput<TBody>(Refusal: null, read, versions, new Origin(Site.Id, caller.Actor, identity));
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

/// <summary>How the requests of a write look.</summary>
internal sealed record WriteForm(int MaxBodyBytes)
{
    public static readonly WriteForm WithoutBody = new(0);

    /// <summary>A few values.</summary>
    public static readonly WriteForm Small = new(RequestBody.MaxSmallBytes);

    /// <summary>A few values, all of them optional.</summary>
    public static readonly WriteForm SmallOptional = Small with { IsBodyOptional = true };

    /// <summary>The media types of a body that is a file; empty for JSON.</summary>
    public string[] MediaTypes { get; init; } = [];

    /// <summary>Whether all members are optional, and with them the body.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>Whether a request without a key is refused, because its retry would move money again.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Whether <c>If-Match</c> may name the versions to write. Otherwise the header is refused rather than ignored.</summary>
    public bool TakesIfMatch { get; init; }

    /// <summary>Receives the size of each buffer before it is rented for the body; may throw to prevent that.</summary>
    public Action<int>? BeforeRenting { get; init; }
}

/// <summary>The contents of a write request.</summary>
/// <param name="Refusal">The problem of an invalid request; null if the other members are valid.</param>
/// <param name="Versions">The versions that <c>If-Match</c> accepts; null for any.</param>
/// <param name="Origin">The origin of the command, with the request's <c>Idempotency-Key</c>.</param>
internal readonly record struct WriteInput<TBody>(ProblemResult? Refusal, TBody Body, IReadOnlyList<long>? Versions, Origin Origin)
{
    public static implicit operator WriteInput<TBody>(ProblemResult refusal) => new(refusal, default!, null, null!);
}

/// <summary>A command with its outcome.</summary>
/// <param name="Outcome">Null if the command's key was used for another request.</param>
/// <param name="IsReplay">Whether the outcome is that of the first request with this key.</param>
/// <param name="TraceId">The trace of the request that was decided; null if the caller gave no key.</param>
internal readonly record struct Written<TOutcome>(Command<TOutcome> Command, TOutcome? Outcome, bool IsReplay, string? TraceId)
    where TOutcome : class;
