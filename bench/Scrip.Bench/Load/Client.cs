using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scrip.Bench.Load;

/// <summary>
/// One caller with its own connection and at most one request in progress. It never waits: the driving loop calls it when there is
/// something to read.
/// </summary>
internal sealed class Client : IDisposable
{
    private const int StatusOffset = 9;
    private const int LargestRequest = 1_024;
    private const int LargestAnswer = 16 * 1_024;

    private readonly byte[] request = new byte[LargestRequest];
    private readonly byte[] answer = new byte[LargestAnswer];
    private PlannedRequest planned;
    private int received;

    public Client(int port)
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            Socket.Connect(IPAddress.Loopback, port);
            Socket.Blocking = false;
        }
        catch (SocketException)
        {
            Socket.Dispose();
            throw;
        }
    }

    public Socket Socket { get; }

    /// <summary>The moment since which the current request is being waited for, in ticks of the stopwatch.</summary>
    public long Since { get; private set; }

    private ReadOnlySpan<byte> Received => answer.AsSpan(0, received);

    public void Send(IRequestSource requests, long since)
    {
        planned = requests.Write(request);
        received = 0;
        Since = since;
        var sent = Socket.Send(request.AsSpan(0, planned.Length), SocketFlags.None, out var error);
        if (error != SocketError.Success || sent != planned.Length)
            throw new BenchException($"A request of {planned.Length} bytes could not be sent: {error}.");
    }

    /// <summary>Receives available bytes. Returns true when that completes the response, which must have the planned status.</summary>
    public bool Receive()
    {
        var count = Socket.Receive(answer.AsSpan(received), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return false;
        if (error != SocketError.Success || count == 0)
            throw new BenchException($"The server closed the connection ({error}) in the middle of an answer: {Text}");
        received += count;
        if (!IsComplete())
            return false;
        if (!Utf8Parser.TryParse(answer.AsSpan(StatusOffset), out int status, out _) || status != (int)planned.Expected)
            throw new BenchException($"{status} instead of {(int)planned.Expected} to {RequestLine}: {Text}");
        return true;
    }

    public void Dispose() => Socket.Dispose();

    private string RequestLine => Encoding.UTF8.GetString(request.AsSpan(0, request.AsSpan().IndexOf((byte)'\r')));

    private string Text => Encoding.UTF8.GetString(Received);

    /// <summary>Whether the response is complete: nothing else arrives on this connection before the next request.</summary>
    private bool IsComplete()
    {
        var headLength = Received.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4)
            return false;
        var length = Received[..headLength].IndexOf("\r\nContent-Length: "u8);
        // Without a length the body is chunked, and the last chunk is empty.
        if (length < 0)
            return Received.EndsWith("\r\n0\r\n\r\n"u8);
        var number = Received[(length + "\r\nContent-Length: ".Length)..];
        return Utf8Parser.TryParse(number, out int bodyLength, out _) && received == headLength + bodyLength;
    }
}
