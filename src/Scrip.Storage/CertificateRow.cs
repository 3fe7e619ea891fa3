using System.Text;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage;

/// <summary>
/// One certificate on its way from the database to a response. Valid until the reader moves to the next row. Amounts are in minor units.
/// Optional members are set only if <see cref="CertificateQuery.AllAttributes"/> asks for them.
/// </summary>
public readonly ref struct CertificateRow
{
    public required long Id { get; init; }
    public required ReadOnlySpan<byte> Code { get; init; }
    public required bool IsActive { get; init; }
    public required long FaceValue { get; init; }
    public long Version { get; init; }
    public long Spent { get; init; }
    public long Held { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public bool SingleUse { get; init; }
    public string? Note { get; init; }

    /// <summary>The id of the batch; null outside a batch, and unless <see cref="CertificateQuery.WithBatch"/> requests it.</summary>
    public long? BatchId { get; init; }

    /// <summary>Creates a row with all attributes.</summary>
    public static CertificateRow Of(Certificate certificate) => new()
    {
        Id = certificate.Id,
        Code = Encoding.UTF8.GetBytes(certificate.Code.Text),
        IsActive = certificate.IsActive,
        FaceValue = certificate.FaceValue,
        Version = certificate.Version,
        Spent = certificate.Spent,
        Held = certificate.Held,
        CreatedAt = certificate.CreatedAt,
        UpdatedAt = certificate.UpdatedAt,
        StartsAt = certificate.Terms.StartsAt,
        ExpiresAt = certificate.Terms.ExpiresAt,
        SingleUse = certificate.Terms.SingleUse,
        Note = certificate.Terms.Note,
    };

    public long Balance => FaceValue - Spent - Held;
}
