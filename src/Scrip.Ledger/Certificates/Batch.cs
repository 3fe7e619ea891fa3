namespace Scrip.Ledger.Certificates;

/// <summary>Certificates that one call made; their ids follow each other. A batch is never deleted, and only its name can change.</summary>
public sealed record Batch
{
    /// <summary>The longest name, in Unicode scalar values.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The id: 1, 2, 3 … in the site, without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>The name, which other batches may share; null for a batch that is named after its time.</summary>
    public required string? Name { get; init; }

    public required BatchSource Source { get; init; }

    public required long FirstCertificateId { get; init; }

    /// <summary>The number of certificates, at least one.</summary>
    public required long Certificates { get; init; }

    /// <summary>
    /// The sum of the issued values, in whole units of the site's currency: in minor units it could exceed 64 bits.
    /// </summary>
    public required long Units { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long CreatedBy { get; init; }

    public long LastCertificateId => FirstCertificateId + Certificates - 1;
}

/// <summary>The kind of call that created a batch. The numbers are stored: none is changed or used again.</summary>
public enum BatchSource
{
    BulkCreate = 1,
    Generated = 2,
    Imported = 3,
}

/// <summary>A batch to be created with the certificates of a call; a call without certificates creates no batch.</summary>
/// <param name="Name">The name; null for a batch that is named after its time.</param>
/// <param name="Currency">The currency of the site.</param>
public readonly record struct NewBatch(string? Name, BatchSource Source, Currency Currency)
{
    internal Batch Of(IReadOnlyList<Certificate> created, long id)
    {
        var units = 0L;
        foreach (var certificate in created)
            units += Currency.ToUnits(certificate.IssuedValue);
        return new Batch
        {
            Id = id,
            Name = Name,
            Source = Source,
            FirstCertificateId = created[0].Id,
            Certificates = created.Count,
            Units = units,
            CreatedAt = created[0].CreatedAt,
            CreatedBy = created[0].CreatedBy,
        };
    }
}
