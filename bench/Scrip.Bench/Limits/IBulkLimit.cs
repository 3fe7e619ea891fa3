namespace Scrip.Bench.Limits;

/// <summary>
/// Many rows written in one transaction without HTTP, JSON and rules, into a table of the same shape, with the same durability.
/// </summary>
internal interface IBulkLimit : IAsyncDisposable
{
    string InsertName { get; }

    string UpdateName { get; }

    /// <summary>Adds the next so many.</summary>
    /// <returns>Rows a second.</returns>
    Task<double> InsertAsync(int count, CancellationToken cancellationToken);

    /// <summary>Gives each of the first so many another value.</summary>
    /// <returns>Rows a second.</returns>
    Task<double> UpdateAsync(int count, CancellationToken cancellationToken);
}
