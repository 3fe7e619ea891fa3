using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scrip.Bench.Http;

/// <summary>
/// A persistent HTTP/1.1 connection without a client library: the load generator shares the processor with the server, so it must be
/// frugal. Requests are prepared bytes, and responses are returned piece by piece from one buffer.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    /// <summary>
    /// Read by .NET before the first socket is used: a response is then handled by the thread that noticed it. Passing it to the thread
    /// pool, whose idle threads spin, doubled this program's use of the processor.
    /// </summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[64 * 1_024];

    // The part of the buffer that was received and not yet consumed.
    private int start;
    private int end;

    // The remaining bytes of the body or, if it is chunked, of the current chunk.
    private long bodyLeft;
    private bool isChunked;
    private bool isInsideChunk;

    static HttpConnection() => Environment.SetEnvironmentVariable(InlineCompletions, "1");

    private HttpConnection(Socket socket) => this.socket = socket;

    public static async Task<HttpConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads the response up to its body, which must be read before the next request.</summary>
    public async ValueTask<HttpStatusCode> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (!request.IsEmpty)
            request = request[await socket.SendAsync(request, cancellationToken)..];

        var length = await FindAsync(HeadEnd, cancellationToken);
        var head = ResponseHead.Parse(Take(length).Span);
        bodyLeft = head.ContentLength;
        isChunked = head.IsChunked;
        return head.Status;
    }

    /// <summary>Sends a request whose response must have this status.</summary>
    public async ValueTask RequireAsync(ReadOnlyMemory<byte> request, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        var status = await SendAsync(request, cancellationToken);
        if (status == expected)
            return;
        var body = await ReadBodyAsync(cancellationToken);
        throw new BenchException($"{(int)status} instead of {(int)expected}: {Encoding.UTF8.GetString(body.Span)}");
    }

    /// <summary>The next piece of the body, valid until the next call; empty at its end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        if (bodyLeft == 0 && isChunked)
            await BeginChunkAsync(cancellationToken);
        if (bodyLeft == 0)
            return default;
        if (start == end)
            await ReceiveAsync(cancellationToken);
        var piece = Take((int)Math.Min(bodyLeft, end - start));
        bodyLeft -= piece.Length;
        return piece;
    }

    public async ValueTask SkipBodyAsync(CancellationToken cancellationToken)
    {
        while (!(await ReadBodyAsync(cancellationToken)).IsEmpty)
        {
        }
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask BeginChunkAsync(CancellationToken cancellationToken)
    {
        if (isInsideChunk)
            Take(await FindAsync(LineEnd, cancellationToken));
        var size = Take(await FindAsync(LineEnd, cancellationToken));
        if (!Utf8Parser.TryParse(size.Span, out bodyLeft, out _, 'x'))
            throw new BenchException($"No size of a chunk: {Encoding.UTF8.GetString(size.Span)}");
        isInsideChunk = bodyLeft > 0;
        if (isInsideChunk)
            return;
        // The empty line after the last chunk; the server sends no trailers.
        Take(await FindAsync(LineEnd, cancellationToken));
        isChunked = false;
    }

    /// <returns>The number of bytes up to the end of the mark.</returns>
    private async ValueTask<int> FindAsync(byte[] mark, CancellationToken cancellationToken)
    {
        while (true)
        {
            var index = buffer.AsSpan(start..end).IndexOf(mark);
            if (index >= 0)
                return index + mark.Length;
            await ReceiveAsync(cancellationToken);
        }
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var taken = buffer.AsMemory(start, length);
        start += length;
        return taken;
    }

    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start..end).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        var received = await socket.ReceiveAsync(buffer.AsMemory(end), cancellationToken);
        if (received == 0)
            throw new BenchException("The server closed the connection in the middle of an answer.");
        end += received;
    }
}
