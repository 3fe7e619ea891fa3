namespace Scrip.Bench.Limits;

/// <summary>Something simple done over and over, faster than which no server can be that has to do it for each request.</summary>
internal interface IRateLimit : IAsyncDisposable
{
    string Name { get; }

    /// <returns>How often a second.</returns>
    Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken);
}
