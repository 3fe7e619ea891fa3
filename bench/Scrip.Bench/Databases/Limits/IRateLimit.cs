namespace Scrip.Bench.Databases.Limits;

/// <summary>Something simple done over and over, faster than which no server can be that has to do it for each request.</summary>
internal interface IRateLimit : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Waits until the database, where there is one, does nothing by itself any more.</summary>
    Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>How often a second.</returns>
    Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken);
}
