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
    [InlineData("Content-Length: 21\r\nContent-Length: 22\r\n\r\n" + Body)]
    [InlineData("Content-Length: -1\r\n\r\n" + Body)]
    [InlineData("Content-Length: 21, 22\r\n\r\n" + Body)]
    [InlineData("Transfer-Encoding: gzip\r\n\r\n" + Body)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n" + Body)]
    [InlineData(" folded: header\r\nContent-Length: 21\r\n\r\n" + Body)]
    public async Task What_Kestrel_refuses_before_it_is_a_request_is_refused_and_stores_nothing(string rest)
    {
        var answer = await SendAsync("Content-Type: application/json\r\n" + rest);

        Assert.Matches("^HTTP/1.1 (400|411|501) ", answer);
        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
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

        (await site.SendAsync("POST", BulkCreate, Json([.. "[{\"code\":\"A\"}]"u8]), ("Transfer-Encoding", "chunked"))).Expect(
            201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
    }

    private Task<string> SendAsync(string rest) => RawHttp.ExchangeAsync(
        scrip.Application.Address,
        $"POST {BulkCreate} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\nConnection: close\r\n{rest}");
}
