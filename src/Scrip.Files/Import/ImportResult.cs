namespace Scrip.Files.Import;

/// <summary>The contents of a whole file.</summary>
/// <param name="Source">Null if the whole file is refused, and so are the next two.</param>
/// <param name="Rows">The number of rows below the captions, without blank ones: accepted, refused and skipped ones.</param>
/// <param name="Refused">The rows with errors.</param>
/// <param name="Errors">The error of the file, or the errors of its rows in order.</param>
public sealed record ImportResult(
    string? Source,
    DecimalMark? Decimal,
    DateOrder? Dates,
    int Rows,
    IReadOnlyList<ImportedCertificate> Certificates,
    IReadOnlyList<ImportLine> Refused,
    IReadOnlyList<ImportFinding> Errors,
    IReadOnlyList<ImportFinding> Warnings)
{
    /// <summary>The caption of the column of codes; null if the file as a whole is refused.</summary>
    public string? CodeCaption { get; init; }

    /// <summary>The caption of the column of values; null if the file has none.</summary>
    public string? ValueCaption { get; init; }

    /// <summary>The caption of the column of balances; null if the file has none.</summary>
    public string? BalanceCaption { get; init; }

    /// <summary>The sum of the certificates' values, in the minor unit.</summary>
    public decimal Value => Certificates.Sum(certificate => (decimal)certificate.Value);

    /// <summary>The sum of the certificates' balances, in the minor unit.</summary>
    public decimal Balance => Certificates.Sum(certificate => (decimal)certificate.Balance);

    internal static ImportResult Of(ImportFile file)
    {
        if (file.Refusal is { } refusal)
            return new(null, null, null, 0, [], [], [refusal], file.Warnings);
        var certificates = new List<ImportedCertificate>(file.Rows);
        var refused = new List<ImportLine>();
        foreach (var line in file.ReadLines())
        {
            if (line.Certificate is { } certificate)
                certificates.Add(certificate);
            else if (line.Errors.Count > 0)
                refused.Add(line);
        }
        var errors = refused.SelectMany(line => line.Errors).ToArray();
        return new(file.Source, file.Decimal, file.Dates, file.Rows, certificates, refused, errors, file.Warnings)
        {
            CodeCaption = file.CodeCaption,
            ValueCaption = file.ValueCaption,
            BalanceCaption = file.BalanceCaption,
        };
    }
}
