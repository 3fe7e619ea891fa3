using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Scrip.Server.Problems;

/// <summary>
/// What the server writes to one connection. Passes everything on, until it is told what to say in place of the server's own last answer.
/// </summary>
internal sealed class RefusedConnection(PipeWriter connection) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> replaced = new();
    private byte[]? answer;

    public override bool CanGetUnflushedBytes => connection.CanGetUnflushedBytes;

    public override long UnflushedBytes => connection.UnflushedBytes;

    /// <summary>Puts itself between the server and each connection that it accepts.</summary>
    public static ConnectionDelegate Watch(ConnectionDelegate next) => context =>
    {
        var watched = new RefusedConnection(context.Transport.Output);
        context.Transport = new Duplex(context.Transport.Input, watched);
        context.Features.Set(watched);
        return next(context);
    };

    /// <summary>The whole answer in the bytes of HTTP/1.1. After it the server closes the connection.</summary>
    public void SayInstead(byte[] whole) => answer = whole;

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        answer is null ? connection.GetMemory(sizeHint) : replaced.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => answer is null ? connection.GetSpan(sizeHint) : replaced.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (answer is null)
            connection.Advance(bytes);
        else
            replaced.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (replaced.WrittenCount > 0)
        {
            // To a client that begins in HTTP/2 the server says no in frames of HTTP/2.
            connection.Write(replaced.WrittenSpan.StartsWith("HTTP/1.1 "u8) ? answer : replaced.WrittenSpan);
            replaced.ResetWrittenCount();
            answer = [];
        }
        return connection.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => connection.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => connection.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => connection.CompleteAsync(exception);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
