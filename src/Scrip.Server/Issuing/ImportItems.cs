using Scrip.Files.Import;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Http;

namespace Scrip.Server.Issuing;

/// <summary>The rows of a file as the ledger takes them.</summary>
internal static class ImportItems
{
    public static NewCertificate[] NewOf(IReadOnlyList<ImportedCertificate> rows)
    {
        var items = new NewCertificate[rows.Count];
        for (var at = 0; at < items.Length; at++)
            items[at] = NewOf(rows[at]);
        return items;
    }

    /// <summary>What the rows say of certificates that exist. What the file leaves open keeps its value.</summary>
    public static ImportedChange[] ChangesOf(IReadOnlyList<ImportedCertificate> rows) => [.. rows.Select(ChangeOf)];

    private static NewCertificate NewOf(ImportedCertificate row)
    {
        // The reader has checked it.
        _ = CertificateCode.TryCreate(row.Code, out var code);
        var isUnlimited = row is { StartsAt: null, ExpiresAt: null, SingleUse: not true, NoteWithNames: null };
        return new(code, row.IsActive ?? true, row.Value, isUnlimited ? null : TermsOf(row), SpentBefore: row.Value - row.Balance);
    }

    private static CertificateTerms TermsOf(ImportedCertificate row) => new()
    {
        StartsAt = row.StartsAt?.ToMicrosecond(),
        ExpiresAt = row.ExpiresAt?.ToMicrosecond(),
        SingleUse = row.SingleUse == true,
        Note = row.NoteWithNames,
    };

    private static ImportedChange ChangeOf(ImportedCertificate row)
    {
        var terms = TermsOf(row);
        return new(
            row.IsActive,
            Has(ImportedMembers.Value) ? row.Value : null,
            Has(ImportedMembers.Balance) ? row.Balance : null,
            new TermsChange
            {
                StartsAt = Has(ImportedMembers.StartsAt) ? Change.To(terms.StartsAt) : default,
                ExpiresAt = Has(ImportedMembers.ExpiresAt) ? Change.To(terms.ExpiresAt) : default,
                SingleUse = row.SingleUse is { } singleUse ? Change.To(singleUse) : default,
                Note = Has(ImportedMembers.Note) ? Change.To(terms.Note) : default,
            });

        bool Has(ImportedMembers member) => (row.Told & member) != 0;
    }
}
