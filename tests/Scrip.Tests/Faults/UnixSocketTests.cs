using System.Net.Sockets;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The file of a Unix socket survives a killed server.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder other = new();
    private readonly string path = Path.Combine(Path.GetTempPath(), $"scrip-{Environment.ProcessId}-{Random.Shared.Next()}.sock");

    private string Url => $"http://unix:{path}";

    [Fact]
    public async Task A_server_listens_where_a_killed_one_left_its_socket()
    {
        await using (var killed = await ScripProcess.ServeAsync(folder.Storage, new Launch(Urls: Url)))
            await killed.KillAsync();
        Assert.True(File.Exists(path));

        await using var server = await ScripProcess.ServeAsync(folder.Storage, new Launch(Urls: Url));

        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://localhost") };
        Assert.Equal(200, (await client.FetchAsync("/health/live")).Status);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task A_socket_at_which_a_server_listens_is_left_to_it()
    {
        await using var first = await ScripProcess.ServeAsync(folder.Storage, new Launch(Urls: Url));

        var (status, output, errors) = await ScripProcess.RunAsync(["serve", "--urls", Url, "--storage", other.Storage]);

        Assert.Equal((1, ""), (status, output));
        Assert.Equal($"scrip: The server cannot listen on {Url}: Failed to bind to address {Url}: address already in use.", errors);
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://localhost") };
        Assert.Equal(200, (await client.FetchAsync("/health/live")).Status);
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_not_touched()
    {
        await File.WriteAllTextAsync(path, "precious");

        var (status, output, errors) = await ScripProcess.RunAsync(["serve", "--urls", Url, "--storage", folder.Storage]);

        Assert.Equal((1, ""), (status, output));
        Assert.Equal($"scrip: The server cannot listen on {Url}: {path} is a file that is not a socket.", errors);
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
    }

    public void Dispose()
    {
        File.Delete(path);
        folder.Dispose();
        other.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
