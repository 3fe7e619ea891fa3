using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>Clients that disconnect in the middle of a call.</summary>
public sealed class DisconnectTests
{
    private const int Attempts = 20;
    private const int InOneCall = 500;

    /// <summary>More than may be read at once, so that a list that keeps its place would be noticed.</summary>
    private const int AbandonedLists = 80;

    [Fact]
    public async Task A_client_that_goes_away_leaves_all_of_its_call_or_nothing()
    {
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(storage.Setting);
        var address = scrip.Client.BaseAddress!;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var half = Body($"HALF-{attempt}");
            await SendAndLeaveAsync(address, Post($"Content-Length: {half.Length}", half[..(half.Length / 2)]), reset: attempt % 2 == 0);
            var pieces = Body($"PIECES-{attempt}");
            await SendAndLeaveAsync(address, Post("Transfer-Encoding: chunked", string.Create(CultureInfo.InvariantCulture, $"{pieces.Length:x}\r\n{pieces}\r\n")), reset: attempt % 2 == 1);
            var whole = Body($"WHOLE-{attempt}");
            await SendAndLeaveAsync(address, Post($"Content-Length: {whole.Length}", whole), reset: true);
        }

        Assert.Equal(HttpStatusCode.Created, (await WriteCall.BulkCreate(["LAST"], value: 1).SendAsync(scrip.Client)).Status);
        Assert.Equal(HttpStatusCode.OK, (await scrip.Client.GetAsync("health/ready")).StatusCode);
        var stored = (await Stored.ReadAsync(scrip.Client)).All.Where(certificate => certificate.Code != "LAST").ToList();
        Assert.All(stored, certificate => Assert.StartsWith("WHOLE-", certificate.Code, StringComparison.Ordinal));
        Assert.All(stored.GroupBy(certificate => certificate.Code.Split('-')[1]), call => Assert.Equal(InOneCall, call.Count()));
        Assert.Empty(scrip.Errors);
        Assert.DoesNotContain(scrip.Output, line => line.Contains("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_that_are_not_read_to_their_end_are_given_back()
    {
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(storage.Setting);
        const int certificates = 50_000;
        var codes = Enumerable.Range(0, certificates).Select(at => $"LONG-{at}");
        Assert.Equal(HttpStatusCode.Created, (await WriteCall.BulkCreate(codes, value: 1).SendAsync(scrip.Client)).Status);

        var list = $"GET /external/payment-certificate/ HTTP/1.1\r\nHost: localhost\r\nAPI-Token: {ScripProcess.AdminToken}\r\n\r\n";
        for (var at = 0; at < AbandonedLists; at++)
            await SendAndLeaveAsync(scrip.Client.BaseAddress!, list, reset: true, readFirst: true);

        Assert.Equal(certificates, (await Stored.ReadAsync(scrip.Client)).All.Count);
        Assert.Empty(scrip.Errors);
        Assert.DoesNotContain(scrip.Output, line => line.Contains("fail:", StringComparison.Ordinal));
    }

    private static string Body(string name) => WriteCall.BulkCreate(Enumerable.Range(0, InOneCall).Select(at => $"{name}-{at}"), value: 7).Body;

    private static string Post(string framing, string body) =>
        $"POST /external/payment-certificate/bulk-create/ HTTP/1.1\r\nHost: localhost\r\nAPI-Token: {ScripProcess.AdminToken}\r\nContent-Type: application/json\r\n{framing}\r\n\r\n{body}";

    /// <param name="reset">Whether to end the connection with RST, which tells the server of an error, instead of FIN.</param>
    private static async Task SendAndLeaveAsync(Uri address, string request, bool reset, bool readFirst = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        if (reset)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        if (readFirst)
            Assert.NotEqual(0, await socket.GetStream().ReadAsync(new byte[1024]));
    }
}
