using System.Net;
using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>
/// Bodies that arrive slowly, but too fast to count as dripping. A large body holds a place of the bulk calls, so it has a time limit.
/// </summary>
public sealed class BodyTimeTests : IAsyncLifetime
{
    private static readonly string Large = """[{"code":"LARGE"}]""".PadRight(200_000);

    private ScripApplication scrip = null!;

    public async Task InitializeAsync() => scrip = await ScripApplication.StartAsync(("MaxBodySeconds", "1"), ("MaxBulkCallsAtOnce", "1"));

    public async Task DisposeAsync() => await scrip.DisposeAsync();

    [Theory]
    [InlineData("Content-Length: 30000000", "")]
    [InlineData("Transfer-Encoding: chunked", "1C9C380\r\n")]
    public async Task A_large_body_that_takes_longer_than_it_may_is_a_408_and_its_place_is_free(string framing, string begin)
    {
        using var slow = await BeginAsync($"POST {BulkCreate} HTTP/1.1", framing);
        await WriteAsync(slow, begin + new string(' ', 200_000));
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var sending = KeepSendingAsync(slow, stop.Token);

        var answer = await ReadToEndAsync(slow, stop.Token);
        await stop.CancelAsync();
        await sending;

        ExpectTooLate(answer);
        // This takes the only place.
        (await scrip.Client.CreateAsync(Large)).Expect(201, """[{"id":1,"code":"LARGE","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task A_body_that_stops_halfway_is_a_408_on_every_call()
    {
        string[] calls =
        [
            $"POST {BulkCreate}", $"PUT {Certificates}1/", $"POST {Certificates}redemption", $"POST {Certificates}check",
            "POST /external/site/", "POST /external/api-token/",
        ];
        var answers = await Task.WhenAll(calls.Select(async call =>
        {
            using var slow = await BeginAsync($"{call} HTTP/1.1", "Content-Length: 1000");
            await WriteAsync(slow, "[{");
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, await slow.GetStream().ReadAsync(buffer));
        }));

        Assert.All(answers, ExpectTooLate);
    }

    [Fact]
    public async Task On_HTTP_2_it_is_the_same_and_nothing_is_wrong_with_the_server()
    {
        using var storage = new TestStorage();
        await using var process = await ScripProcess.ServeAsync(
            storage.Setting, ("SCRIP_MAX_BODY_SECONDS", "1"), ("Kestrel__EndpointDefaults__Protocols", "Http2"));
        using var request = new HttpRequestMessage(HttpMethod.Post, BulkCreate)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new EndlessContent(),
        };
        request.Content.Headers.ContentType = new("application/json");

        using var answer = await process.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.RequestTimeout, answer.StatusCode);
        await process.TerminateAsync();
        Assert.Empty(process.Errors);
        Assert.DoesNotContain(process.Output, line => new[] { " warn: ", " fail: ", " crit: " }.Any(line.Contains));
    }

    /// <summary>A connection outlives many bodies; the timer of one must not end a read of the next.</summary>
    [Fact]
    public async Task The_time_of_a_body_ends_with_the_body()
    {
        using var client = await BeginAsync($"POST {BulkCreate} HTTP/1.1", "Content-Length: 14");
        for (var call = 1; call <= 3; call++)
        {
            await WriteAsync(client, """[{"code":""");
            await Task.Delay(50);
            await WriteAsync(client, $"\"{call}\"}}]".PadRight(5));
            Assert.StartsWith("HTTP/1.1 201 ", await ReadAnswerAsync(client), StringComparison.Ordinal);

            // Longer than the last body was allowed to take.
            await Task.Delay(1_500);
            await WriteAsync(client, Head($"POST {BulkCreate} HTTP/1.1", "Content-Length: 14"));
        }
    }

    private static void ExpectTooLate(string answer)
    {
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"/problems/request-timeout\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"The body took longer than 1 seconds; nothing was stored.\"", answer, StringComparison.Ordinal);
    }

    private async Task<TcpClient> BeginAsync(string request, string framing)
    {
        var client = new TcpClient();
        await client.ConnectAsync(scrip.Address.Host, scrip.Address.Port);
        await WriteAsync(client, Head(request, framing));
        return client;
    }

    private static string Head(string request, string framing) =>
        $"{request}\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\nContent-Type: application/json\r\n{framing}\r\n\r\n";

    private static async Task WriteAsync(TcpClient client, string text) => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Sends about 20 KB a second.</summary>
    private static async Task KeepSendingAsync(TcpClient client, CancellationToken cancellationToken)
    {
        // Only once: a client whose connection was reset returns no stream.
        var stream = client.GetStream();
        try
        {
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 1000)), cancellationToken);
                await Task.Delay(50, cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The response has arrived, or the connection was closed after it.
        }
    }

    /// <summary>Reads one chunked response.</summary>
    private static async Task<string> ReadAnswerAsync(TcpClient client)
    {
        var answer = "";
        var buffer = new byte[4096];
        while (!answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await client.GetStream().ReadAsync(buffer);
            Assert.True(length > 0, $"The connection ended after: {answer}");
            answer += Encoding.UTF8.GetString(buffer, 0, length);
        }
        return answer;
    }

    /// <summary>Reads until the server closes the connection.</summary>
    private static async Task<string> ReadToEndAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var received = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // The connection was closed early.
        }
        return Encoding.UTF8.GetString(received.ToArray());
    }
    /// <summary>A body of one byte that never ends.</summary>
    private sealed class EndlessContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("["u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
