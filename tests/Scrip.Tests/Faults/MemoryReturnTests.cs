using System.Globalization;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The memory of large calls returns to the system when they are over.</summary>
public sealed class MemoryReturnTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task After_large_calls_most_of_their_memory_is_given_back()
    {
        await using var server = await ScripProcess.ServeAsync(folder.Storage);
        Assert.Equal(201, (await server.Client.CreateAsync("""[{"code":"A"}]""")).Status);
        var before = Resident(server.Id);
        for (var call = 0; call < 4; call++)
        {
            var items = Enumerable.Range(0, 100_000).Select(at => string.Create(CultureInfo.InvariantCulture, $$"""{"code":"{{call}}-{{at}}","value":50}"""));
            Assert.Equal(201, (await server.Client.CreateAsync($"[{string.Join(',', items)}]")).Status);
        }
        var most = Resident(server.Id);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (Resident(server.Id) - before > (most - before) / 2)
            await Task.Delay(100, limit.Token);
    }

    private static long Resident(int process)
    {
        // "VmRSS:	   53380 kB"
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmRSS:".Length).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}
