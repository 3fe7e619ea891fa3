using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>
/// A list ends when its reader disconnects. Near the end of this list a page of the database is broken: a walk that continued would meet it
/// and log an error.
/// </summary>
public sealed class AbandonedListTests
{
    private const int Count = 40_000;

    [Trait("Database", "SQLite")]
    [Fact]
    public async Task A_list_ends_when_its_reader_has_gone()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var created = await scrip.Client.CreateAsync($"[{string.Join(',', Enumerable.Range(1, Count).Select(at => $$"""{"code":"{{Code(at)}}"}"""))}]");
        Assert.Equal(201, created.Status);
        await scrip.RestartAsync(whileStopped: () => BrokenPages.Break(scrip.DataFolder, Code(Count - 10), Code(Count - 9)));
        var faults = new ConcurrentQueue<string>();
        using var log = new Warnings(faults);
        scrip.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        // As many as a site may have at once.
        var readers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => BeginToReadAsync(scrip.Address)));
        foreach (var reader in readers)
            reader.Dispose();
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Empty(faults);
        await Assert.ThrowsAsync<HttpRequestException>(() => scrip.Client.FetchAsync(HttpCalls.Certificates));
        Assert.Single(faults);
    }

    private static async Task<TcpClient> BeginToReadAsync(Uri address)
    {
        var reader = new TcpClient { ReceiveBufferSize = 4096, LingerState = new LingerOption(true, 0) };
        await reader.ConnectAsync(address.Host, address.Port);
        await reader.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {HttpCalls.Certificates} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\n\r\n"));
        Assert.True(await reader.GetStream().ReadAsync(new byte[1024]) > 0);
        return reader;
    }

    /// <summary>Long, so that the list is larger than all buffers between server and client.</summary>
    private static string Code(int at) => $"{at:00000}-{new string('x', 240)}";

    private sealed class Warnings(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(formatter(state, exception));
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
