namespace Scrip.Bench.Databases.Limits;

/// <summary>All certificates of a store that the product filled, read and written as JSON into memory, without HTTP.</summary>
internal interface IListLimit
{
    string Name { get; }

    /// <returns>Bytes of JSON a second.</returns>
    Task<double> RunAsync(Store store, int expectedRows, CancellationToken cancellationToken);
}
