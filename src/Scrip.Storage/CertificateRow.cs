namespace Scrip.Storage;

/// <summary>One certificate on its way from the database to a response. Valid until its rows move on. Amounts are in minor units.</summary>
public readonly ref struct CertificateRow
{
    public required long Id { get; init; }
    public required ReadOnlySpan<byte> Code { get; init; }
    public required bool IsActive { get; init; }
    public required long FaceValue { get; init; }
    public required long Spent { get; init; }
    public required long Held { get; init; }
    public required long Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The rows of a query, one at a time, all from one committed state.</summary>
public interface ICertificateRows : IDisposable
{
    /// <summary>The row that <see cref="ReadAsync"/> arrived at.</summary>
    CertificateRow Current { get; }

    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
