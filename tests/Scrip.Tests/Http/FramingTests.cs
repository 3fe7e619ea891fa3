using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Requests whose bytes do not add up.</summary>
public sealed class FramingTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Body = """[{"code":"smuggled"}]""";

    [Theory]
    [InlineData("Content-Length: 21\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n15\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n14\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-15\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n+15\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0x15\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n80000000\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffff\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n100000000\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n15\r\n" + Body + "\r\n80000000\r\n\r\n")]
    public async Task A_request_that_states_its_length_twice_or_wrongly_is_a_problem_and_stores_nothing(string rest)
    {
        var answer = await SendAsync("Content-Type: application/json\r\n" + rest);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"/problems/invalid-request\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
        Assert.Equal("[]", await scrip.Application.Client.ListAsync());
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", 400, "invalid-request")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400, "invalid-request")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400, "invalid-request")]
    [InlineData("GET /external/payment-certificate/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "invalid-request")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", 400, "invalid-request")]
    [InlineData("GET * HTTP/1.1\r\nHost: x\r\n\r\n", 405, "method-not-allowed")]
    [InlineData("GET / HTTP/3.7\r\nHost: x\r\n\r\n", 505, "http-version-not-supported")]
    [InlineData("GET /?search={0} HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri-too-long")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: {0}\r\n\r\n", 431, "headers-too-large")]
    public async Task What_is_no_request_is_refused_with_a_problem_too(string request, int status, string problem)
    {
        var padded = request.Replace("{0}", new string('a', 40_000), StringComparison.Ordinal);

        ExpectRefusal(await RawHttp.ExchangeAsync(scrip.Application.Address, padded), status, problem);
    }

    [Fact]
    public async Task A_connection_whose_first_request_was_answered_gets_its_refusal_too()
    {
        const string good = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

        var answers = await RawHttp.ExchangeAsync(scrip.Application.Address, good + good + "GARBAGE\r\n\r\n");

        var parts = answers.Split("""{"status":"live"}""");
        Assert.Equal(3, parts.Length);
        Assert.All(parts[..2], part => Assert.StartsWith("HTTP/1.1 200 ", part, StringComparison.Ordinal));
        ExpectRefusal(parts[2], 400, "invalid-request");
    }

    [Fact]
    public async Task A_refusal_of_HEAD_has_no_body()
    {
        var answer = await RawHttp.ExchangeAsync(scrip.Application.Address, "HEAD / HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 21\r\nContent-Length: 22\r\n\r\n" + Body)]
    [InlineData("Content-Length: -1\r\n\r\n" + Body)]
    [InlineData("Content-Length: 21, 22\r\n\r\n" + Body)]
    [InlineData("Content-Length: +21\r\n\r\n" + Body)]
    [InlineData("Content-Length: -0\r\n\r\n" + Body)]
    [InlineData("Content-Length: +0\r\n\r\n" + Body)]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n" + Body)]
    [InlineData("Content-Length: 9223372036854775808\r\n\r\n" + Body)]
    [InlineData("Content-Length: \r\n\r\n" + Body)]
    [InlineData("Content-Length: \u0662\u0661\r\n\r\n" + Body)]
    [InlineData("Content-Length: 2 1\r\n\r\n" + Body)]
    [InlineData("Content-Length: 0x15\r\n\r\n" + Body)]
    [InlineData("Content-Length: 21.0\r\n\r\n" + Body)]
    [InlineData("Transfer-Encoding: gzip\r\n\r\n" + Body)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n" + Body)]
    [InlineData(" folded: header\r\nContent-Length: 21\r\n\r\n" + Body)]
    public async Task What_Kestrel_refuses_before_it_is_a_request_is_refused_and_stores_nothing(string rest)
    {
        var answer = await SendAsync("Content-Type: application/json\r\n" + rest);

        ExpectRefusal(answer, 400, "invalid-request");
        Assert.Equal("[]", await scrip.Application.Client.ListAsync());
    }

    [Fact]
    public async Task A_body_that_ends_before_its_length_stores_nothing()
    {
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(scrip.Application.Address.Host, scrip.Application.Address.Port);
            var request = $"POST {BulkCreate} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{Body}";
            await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        }

        Assert.Equal("[]", await scrip.Application.Client.ListAsync());
    }

    [Fact]
    public async Task Chunks_that_add_up_are_one_body()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.SendAsync("POST", BulkCreate, JsonBytes([.. "[{\"code\":\"A\"}]"u8]), ("Transfer-Encoding", "chunked"))).Expect(
            201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
    }

    private static void ExpectRefusal(string answer, int status, string problem)
    {
        var (head, body) = (answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)], answer[(answer.IndexOf('{')..)]);
        var lines = head.Split("\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", lines[0], StringComparison.Ordinal);
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        Assert.Equal(body.Length.ToString(CultureInfo.InvariantCulture), headers["Content-Length"]);
        Assert.Equal("close", headers["Connection"]);
        Assert.Equal("no-store", headers["Cache-Control"]);
        Assert.True(headers.ContainsKey("Date"));
        Assert.Equal(status == 405, headers.ContainsKey("Allow"));
        var refusal = new Answer(status, headers, body).ExpectProblem(status, problem);
        Assert.StartsWith("The request is not valid HTTP: ", refusal.Detail(), StringComparison.Ordinal);
    }

    private Task<string> SendAsync(string rest) => RawHttp.ExchangeAsync(
        scrip.Application.Address,
        $"POST {BulkCreate} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\nConnection: close\r\n{rest}");
}
