using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>The attributes of a certificate, in the order in which they stand in an answer.</summary>
[Flags]
internal enum CertificateFields
{
    None = 0,
    Id = 1 << 0,
    Code = 1 << 1,
    IsActive = 1 << 2,
    Value = 1 << 3,
    Balance = 1 << 4,
    Spent = 1 << 5,
    Held = 1 << 6,
    Currency = 1 << 7,
    StartsAt = 1 << 8,
    ExpiresAt = 1 << 9,
    SingleUse = 1 << 10,
    Note = 1 << 11,
    CreatedAt = 1 << 12,
    UpdatedAt = 1 << 13,
    Version = 1 << 14,

    /// <summary>What the document shows; everything else must be asked for.</summary>
    Document = Id | Code | IsActive | Value,

    /// <summary>What changes when a hold runs out.</summary>
    OfHolds = Balance | Spent | Held | UpdatedAt | Version,
}

internal static class CertificateFieldNames
{
    private static readonly (string Name, CertificateFields Field)[] Names =
    [
        ("id", CertificateFields.Id),
        ("code", CertificateFields.Code),
        ("is_active", CertificateFields.IsActive),
        ("value", CertificateFields.Value),
        ("balance", CertificateFields.Balance),
        ("spent", CertificateFields.Spent),
        ("held", CertificateFields.Held),
        ("currency", CertificateFields.Currency),
        ("starts_at", CertificateFields.StartsAt),
        ("expires_at", CertificateFields.ExpiresAt),
        ("single_use", CertificateFields.SingleUse),
        ("note", CertificateFields.Note),
        ("created_at", CertificateFields.CreatedAt),
        ("updated_at", CertificateFields.UpdatedAt),
        ("version", CertificateFields.Version),
    ];

    /// <summary>Whether the store is to read more than it reads for the document's four.</summary>
    public static bool NeedAllAttributes(this CertificateFields fields) =>
        (fields & ~(CertificateFields.Document | CertificateFields.Currency)) != 0;

    public static CertificateFields Read(QueryParameters query, RequestErrors errors)
    {
        if (query.Text(AttributeNames.Parameter) is not { } text)
            return CertificateFields.Document;
        var fields = CertificateFields.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var field = Names.FirstOrDefault(known => known.Name == name).Field;
            if (field == CertificateFields.None)
            {
                var known = string.Join(", ", Names.Select(known => known.Name));
                errors.Add($"?{AttributeNames.Parameter}", ErrorCodes.UnknownValue, AttributeNames.Unknown(name, known));
            }
            fields |= field;
        }
        return fields;
    }
}
