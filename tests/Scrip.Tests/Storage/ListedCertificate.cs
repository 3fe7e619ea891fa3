using System.Text;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>A copy of a row of a list.</summary>
public sealed record ListedCertificate(
    long Id,
    string Code,
    bool IsActive,
    long FaceValue,
    long Spent,
    long Held,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static ListedCertificate From(CertificateRow row) => new(
        row.Id,
        Encoding.UTF8.GetString(row.Code),
        row.IsActive,
        row.FaceValue,
        row.Spent,
        row.Held,
        row.Version,
        row.CreatedAt,
        row.UpdatedAt);

    public override string ToString() => OutcomeText.Certificate(Id, Code, FaceValue, IsActive, Version);
}
