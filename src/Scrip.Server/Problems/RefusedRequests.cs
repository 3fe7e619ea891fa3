using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Scrip.Client;

namespace Scrip.Server.Problems;

/// <summary>
/// Gives refusals by Kestrel the form of a problem. A request that cannot be parsed reaches no middleware: Kestrel refuses it without a
/// body. It first announces the refusal on its documented diagnostics, where this class replaces the response.
/// </summary>
internal sealed class RefusedRequests(TimeProvider time) : IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void Subscribe(DiagnosticListener server) => server.Subscribe(this, name => name == BadRequest);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features
            || features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException refusal
            || features.Get<IHttpResponseFeature>() is not { HasStarted: false } response
            // Below TLS only encrypted bytes can be sent.
            || features.Get<ITlsHandshakeFeature>() is not null)
            return;
        var isHead = HttpMethods.IsHead(features.Get<IHttpRequestFeature>()?.Method ?? "");
        features.Get<RefusedConnection>()?.SayInstead(AnswerTo(refusal, response.Headers.Allow.ToString(), isHead));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private byte[] AnswerTo(BadHttpRequestException refusal, string allow, bool isHead)
    {
        var type = ProblemType.For(refusal.StatusCode);
        var detail = "The request is not valid HTTP: " + refusal.Message;
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        var problem = new Problem(type.Uri, type.Title, type.Status, detail, Errors: null, TraceId: traceId);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ScripJson.Wire.Problem);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            HTTP/1.1 {type.Status} {ReasonPhrases.GetReasonPhrase(type.Status)}
            Content-Length: {body.Length}
            Connection: close
            Content-Type: {ProblemResult.ContentType}
            Date: {time.GetUtcNow():R}
            Cache-Control: no-store

            """);
        if (allow.Length > 0)
            head += $"Allow: {allow}\n";
        return [.. Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n"), .. isHead ? [] : body];
    }
}
