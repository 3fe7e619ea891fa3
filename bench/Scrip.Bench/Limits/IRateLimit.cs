namespace Scrip.Bench.Limits;

/// <summary>Something simple done over and over, faster than which no server can be that has to do it for each request.</summary>
internal interface IRateLimit : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Like <see cref="Server.Contender.SettleAsync"/>, where there is a database that would do anything by itself.</summary>
    Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>How often a second.</returns>
    Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken);
}
