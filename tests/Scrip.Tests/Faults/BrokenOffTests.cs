using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>A client that disconnects is not an error: only the line of its request is logged above Debug, and no 500.</summary>
public sealed class BrokenOffTests
{
    private const string Prefix = "/external/payment-certificate/";
    private const string HttpTwoPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static readonly string[] Writes =
    [
        "POST " + Prefix + "bulk-create/", "PUT " + Prefix + "bulk-update/", "PUT " + Prefix + "1/", "POST " + Prefix + "check/",
        "POST " + Prefix + "redemption/", "POST " + Prefix + "redemption/1/capture/", "POST " + Prefix + "redemption/1/refund/",
        "POST /external/api-token/", "POST /external/site/",
    ];

    private static readonly string[] Lists = [Prefix, Prefix + "redemption/", Prefix + "entry/", Prefix + "liability/"];

    [Fact]
    public async Task A_connection_that_is_reset_is_no_error()
    {
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(storage.Setting, ("Logging__LogLevel__Default", "Debug"));
        await FillAsync(scrip);
        var address = scrip.Client.BaseAddress!;
        foreach (var call in Writes)
        {
            foreach (var (framing, sent) in new[]
            {
                ("Content-Length: 1000", "[{\"code\":"), ("Content-Length: 1000", ""), ("Transfer-Encoding: chunked", "5\r\n[{\"co\r\n"),
                ("Transfer-Encoding: chunked", "5\r\n[{"), ("Transfer-Encoding: chunked", "zz\r\n"), ("Transfer-Encoding: chunked", ""),
                ("Content-Length: 1000\r\nExpect: 100-continue", ""), ("Content-Length: 2", "[]"),
            })
            {
                foreach (var how in new[] { End.Reset, End.Close, End.HalfClose })
                    await BreakOffAsync(address, $"{Head(call)}Content-Type: application/json\r\nIdempotency-Key: k\r\n{framing}\r\n\r\n{sent}", how);
            }
        }
        foreach (var list in Lists)
        {
            foreach (var how in new[] { End.Reset, End.Close, End.HalfClose })
                await BreakOffAsync(address, Head("GET " + list) + "\r\n", how, readFirst: how != End.Close);
        }
        foreach (var begun in new[] { "", "GET /ext", "GET / HTTP/1.1\r\nHost: ", HttpTwoPreface })
            await BreakOffAsync(address, begun, End.Reset);

        await ExpectQuietAsync(scrip);
    }

    [Fact]
    public async Task Streams_of_HTTP_2_that_are_reset_are_no_error()
    {
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(
            storage.Setting, ("Logging__LogLevel__Default", "Debug"), ("Kestrel__EndpointDefaults__Protocols", "Http2"));
        scrip.Client.DefaultRequestVersion = new Version(2, 0);
        scrip.Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await FillAsync(scrip);
        var address = scrip.Client.BaseAddress!;
        byte[] preface = [.. Encoding.ASCII.GetBytes(HttpTwoPreface), .. Frame(type: 4, flags: 0, stream: 0)];
        byte[] cancel = [0, 0, 0, 8];

        // Rapid resets: far more streams than may be open, each ended as soon as it has begun.
        var rapid = new List<byte>(preface);
        for (var stream = 1; stream < 8000; stream += 2)
            rapid.AddRange([.. Frame(1, EndStream | EndHeaders, stream, Headers("GET " + Prefix)), .. Frame(3, 0, stream, cancel)]);
        await BreakOffAsync(address, [.. rapid], End.Reset, readFirst: true);
        foreach (var call in Writes)
        {
            byte[] begun = [.. preface, .. Frame(1, EndHeaders, 1, Headers(call)), .. Frame(0, 0, 1, "[{\"code\":"u8)];
            foreach (var rest in new[] { [], Frame(3, 0, 1, cancel), Frame(7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), Frame(0, EndStream, 1, "["u8), Frame(0, 0, 9, "["u8) })
            {
                foreach (var how in new[] { End.Reset, End.HalfClose })
                    await BreakOffAsync(address, [.. begun, .. rest], how);
            }
        }
        foreach (var list in Lists)
            await BreakOffAsync(address, [.. preface, .. Frame(1, EndStream | EndHeaders, 1, Headers("GET " + list))], End.Reset, readFirst: true);
        foreach (var wrong in new[] { Frame(0, 0, 1, "xx"u8), Frame(1, EndHeaders, 2, Headers("GET " + Prefix)), [.. Enumerable.Repeat((byte)255, 100)], Frame(1, EndHeaders, 1, [255, 255, 255, 255]) })
            await BreakOffAsync(address, [.. preface, .. wrong], End.Reset);

        await ExpectQuietAsync(scrip);
    }

    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private enum End
    {
        /// <summary>RST, which tells the server of an error.</summary>
        Reset,

        /// <summary>FIN, without reading anything more from the server.</summary>
        Close,

        /// <summary>FIN, after which the client still reads for a moment.</summary>
        HalfClose,
    }

    /// <summary>Creates a list larger than all buffers between server and client.</summary>
    private static async Task FillAsync(ScripProcess scrip)
    {
        var codes = Enumerable.Range(0, 20_000).Select(at => $"LONG-{at}-{new string('x', 100)}");
        using var body = new StringContent(WriteCall.BulkCreate(codes, value: 1).Body, Encoding.UTF8, "application/json");
        Assert.Equal(System.Net.HttpStatusCode.Created, (await scrip.Client.PostAsync("external/payment-certificate/bulk-create/", body)).StatusCode);
    }

    private static async Task ExpectQuietAsync(ScripProcess scrip)
    {
        Assert.Equal(System.Net.HttpStatusCode.OK, (await scrip.Client.GetAsync("health/ready")).StatusCode);
        await scrip.TerminateAsync();
        Assert.Empty(scrip.Errors);
        var above = scrip.Output.Where(line => new[] { " warn: ", " fail: ", " crit: ", " 500 in " }.Any(line.Contains)).ToList();
        Assert.True(above.Count == 0, string.Join('\n', above.Take(5)));
        Assert.Contains(scrip.Output, line => line.Contains(" disconnected in trace ", StringComparison.Ordinal));
    }

    private static string Head(string call) => $"{call} HTTP/1.1\r\nHost: localhost\r\nAPI-Token: {ScripProcess.AdminToken}\r\n";

    private static Task BreakOffAsync(Uri address, string sent, End how, bool readFirst = false) =>
        BreakOffAsync(address, Encoding.ASCII.GetBytes(sent), how, readFirst);

    private static async Task BreakOffAsync(Uri address, byte[] sent, End how, bool readFirst = false)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        // Without this the stream, or the socket when it is closed, sends FIN.
        if (how == End.Reset)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        try
        {
            await stream.WriteAsync(sent);
            if (readFirst)
                _ = await stream.ReadAsync(new byte[1024]);
            // Gives the server time to begin waiting for more.
            await Task.Delay(30);
            if (how != End.HalfClose)
                return;
            socket.Shutdown(SocketShutdown.Send);
            using var brief = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            while (await stream.ReadAsync(new byte[16 * 1024], brief.Token) > 0)
            {
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            // The server may disconnect first.
        }
    }

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload = default)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>Literals without Huffman coding and without an index (RFC 7541, 6.2.2).</summary>
    private static byte[] Headers(string call)
    {
        var block = new List<byte>();
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        foreach (var (name, value) in new[]
        {
            (":method", method), (":scheme", "http"), (":path", path), (":authority", "localhost"), ("api-token", ScripProcess.AdminToken),
            ("content-type", "application/json"), ("idempotency-key", "k"),
        })
            block.AddRange([0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)]);
        return [.. block];
    }
}
