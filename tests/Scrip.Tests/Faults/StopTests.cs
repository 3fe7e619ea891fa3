using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>The process is asked to stop (SIGTERM) while many clients write.</summary>
public sealed class StopTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Running = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task What_was_done_before_a_stop_was_answered_and_is_there()
    {
        var load = new Load();
        using var storage = new TestStorage();
        await using (var scrip = await Load.ServeAsync(storage.Setting))
        {
            await load.PrepareAsync(scrip.Client);
            var writing = load.WriteUntilGoneAsync(scrip.Client);
            await Task.Delay(Running);
            Assert.Equal(0, await scrip.TerminateAsync());
            await writing;
            Assert.DoesNotContain(scrip.Output, line => line.Contains("fail:", StringComparison.Ordinal));
            Assert.Empty(scrip.Errors);
        }
        output.WriteLine($"{load.Acknowledged} calls were acknowledged.");
        Assert.True(load.LeastAcknowledged > 0);

        await using var again = await Load.ServeAsync(storage.Setting);
        await load.CheckAsync(again.Client, unansweredMayBeStored: false);
    }

    [Fact]
    public async Task A_request_that_has_begun_before_a_stop_is_answered()
    {
        const int clients = 8;
        using var storage = new TestStorage();
        await using (var scrip = await ScripProcess.ServeAsync(storage.Setting))
        {
            var begun = await Task.WhenAll(Enumerable.Range(0, clients).Select(at => BegunRequest.StartAsync(scrip.Client.BaseAddress!, $"BEGUN-{at}")));
            // Once a later request is answered, these have arrived too.
            await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => scrip.Client.GetAsync("health/live")));
            var stopping = scrip.TerminateAsync();
            await Task.Delay(Running);
            Assert.False(stopping.IsCompleted);
            foreach (var request in begun)
                Assert.StartsWith("HTTP/1.1 201", await request.FinishAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await stopping);
        }
        await using var again = await ScripProcess.ServeAsync(storage.Setting);
        Assert.Equal(clients, (await Stored.ReadAsync(again.Client)).All.Count);
    }

    /// <summary>A request with half of its body sent.</summary>
    private sealed class BegunRequest(TcpClient socket, string rest)
    {
        public static async Task<BegunRequest> StartAsync(Uri address, string code)
        {
            var body = $$"""[{"code":"{{code}}"}]""";
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"POST /external/payment-certificate/bulk-create/ HTTP/1.1\r\nHost: {address.Authority}\r\nAPI-Token: {ScripProcess.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
            var socket = new TcpClient { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body[..(body.Length / 2)]));
            return new BegunRequest(socket, body[(body.Length / 2)..]);
        }

        public async Task<string> FinishAsync()
        {
            using (socket)
            {
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(rest));
                using var reader = new StreamReader(socket.GetStream());
                return await reader.ReadToEndAsync();
            }
        }
    }
}
