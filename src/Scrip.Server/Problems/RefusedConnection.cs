using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Scrip.Server.Problems;

/// <summary>
/// The output of one connection. It passes everything on until it is given a response to send instead of the server's last one.
/// </summary>
internal sealed class RefusedConnection(PipeWriter connection) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> replaced = new();
    private byte[]? answer;

    public override bool CanGetUnflushedBytes => connection.CanGetUnflushedBytes;

    public override long UnflushedBytes => connection.UnflushedBytes;

    /// <summary>Inserts itself between the server and each accepted connection.</summary>
    public static ConnectionDelegate Watch(ConnectionDelegate next) => context =>
    {
        var watched = new RefusedConnection(context.Transport.Output);
        context.Transport = new Duplex(context.Transport.Input, watched);
        context.Features.Set(watched);
        return next(context);
    };

    /// <summary>Sets the whole response, as HTTP/1.1. The server closes the connection after it.</summary>
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
            // A client that begins with HTTP/2 is refused in frames of HTTP/2.
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
