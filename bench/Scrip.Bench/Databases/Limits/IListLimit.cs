namespace Scrip.Bench.Databases.Limits;

/// <summary>Reads all certificates of a store that the product filled, and writes them as JSON into memory, without HTTP.</summary>
internal interface IListLimit
{
    string Name { get; }

    /// <returns>Bytes of JSON a second.</returns>
    Task<double> RunAsync(Store store, int expectedRows, CancellationToken cancellationToken);
}
