namespace Scrip.Bench.Databases.Limits;

/// <summary>A simple operation, repeated. A server that has to do it for each request cannot be faster.</summary>
internal interface IRateLimit : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Waits until the database, if there is one, is idle.</summary>
    Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>Operations a second.</returns>
    Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken);
}
