namespace Scrip.Bench.Databases.Limits;

/// <summary>
/// Many rows written in one transaction without HTTP, JSON and rules, into a table of the same shape, with the same durability.
/// </summary>
internal interface IBulkLimit : IAsyncDisposable
{
    string InsertName { get; }

    /// <summary>First one statement for the whole set, then what may be faster on this database.</summary>
    IReadOnlyList<BulkUpdate> Updates { get; }

    /// <summary>Adds the given number of rows.</summary>
    /// <returns>Rows a second.</returns>
    Task<double> InsertAsync(int count, CancellationToken cancellationToken);
}

/// <summary>A way to give each of the first rows another value.</summary>
/// <param name="RunAsync">Returns rows a second.</param>
internal sealed record BulkUpdate(string Name, Func<int, CancellationToken, Task<double>> RunAsync);
