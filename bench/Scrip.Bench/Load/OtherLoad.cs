using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Server;

namespace Scrip.Bench.Load;

/// <summary>The rate of the same server under another load.</summary>
internal sealed class OtherLoad(string name, ServerProcess server, int clients, IRequestSource requests) : IRateLimit
{
    public string Name => name;

    public Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.FromResult(ClosedLoop.Run(server, clients, requests, duration, cancellationToken).RequestsPerSecond);

    /// <summary>Does nothing, because the server belongs to the caller.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
