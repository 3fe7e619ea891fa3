namespace Scrip.Ledger.Certificates;

/// <summary>Certificates that one call made; their ids follow each other. A batch is never deleted, and only its name can change.</summary>
public sealed record Batch
{
    /// <summary>Counted in Unicode scalar values.</summary>
    public const int MaxNameLength = 100;

    /// <summary>1, 2, 3 … in its site, without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>Several may have the same. Null for one that is called after the time at which it was made.</summary>
    public required string? Name { get; init; }

    public required BatchSource Source { get; init; }

    public required long FirstCertificateId { get; init; }

    /// <summary>How many it has; at least one.</summary>
    public required long Certificates { get; init; }

    /// <summary>
    /// What they were issued for together, in whole units of the site's currency: in minor units it could be more than 64 bits hold.
    /// </summary>
    public required long Units { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long CreatedBy { get; init; }

    public long LastCertificateId => FirstCertificateId + Certificates - 1;
}

/// <summary>What made the certificates of a batch. The numbers are stored: none is changed or used again.</summary>
public enum BatchSource
{
    BulkCreate = 1,
    Generated = 2,
    Imported = 3,
}

/// <summary>Asks for the certificates that a call makes to be a batch. A call that makes none makes no batch either.</summary>
/// <param name="Name">Null for one that is called after the time at which it is made.</param>
/// <param name="Currency">Of the site.</param>
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
