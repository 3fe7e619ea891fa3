using Scrip.Server.Problems;
using Scrip.Server.Requests;

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
    CreatedAt = 1 << 8,
    UpdatedAt = 1 << 9,
    Version = 1 << 10,

    /// <summary>What the document shows; everything else must be asked for.</summary>
    Document = Id | Code | IsActive | Value,
}

internal static class CertificateFieldNames
{
    public const string Parameter = "fields";

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
        ("created_at", CertificateFields.CreatedAt),
        ("updated_at", CertificateFields.UpdatedAt),
        ("version", CertificateFields.Version),
    ];

    public static IEnumerable<string> Known => Names.Select(known => known.Name);

    public static string All => string.Join(", ", Known);

    public static string Unknown(string name) =>
        $"{(name.Length == 0 ? "A name is missing." : $"There is no attribute {name}.")} Known are {All}.";

    public static CertificateFields Read(QueryParameters query, RequestErrors errors)
    {
        if (query.Text(Parameter) is not { } text)
            return CertificateFields.Document;
        var fields = CertificateFields.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var field = Names.FirstOrDefault(known => known.Name == name).Field;
            if (field == CertificateFields.None)
                errors.Add($"?{Parameter}", ErrorCodes.UnknownValue, Unknown(name));
            fields |= field;
        }
        return fields;
    }
}
