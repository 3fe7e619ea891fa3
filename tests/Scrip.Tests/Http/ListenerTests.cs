using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

public sealed class ListenerTests
{
    /// <summary>The array pool, which a connection uses by default, allocates a buffer for each part of a large body.</summary>
    [Fact]
    public async Task A_connection_has_its_buffers_from_the_pool_that_Kestrel_uses()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var factory = scrip.Services.GetRequiredService<IConnectionListenerFactory>();
        await using var listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.EndPoint);

        await using var connection = await listener.AcceptAsync();

        var pool = connection!.Features.Get<IMemoryPoolFeature>()!.MemoryPool;
        Assert.NotSame(MemoryPool<byte>.Shared, pool);
        Assert.True(pool.MaxBufferSize < MemoryPool<byte>.Shared.MaxBufferSize);
    }
}
