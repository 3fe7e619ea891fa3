using Scrip.Ledger.Certificates;
using Scrip.Server.Reports;
using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>Rows as left by a version that folded codes only by case, white space and hyphens.</summary>
internal static class EarlierCodes
{
    /// <param name="active">An <c>is_active</c>, whose type differs between the databases.</param>
    /// <param name="folded">Whether the table of certificates has the folded codes.</param>
    /// <param name="single">A <c>single_use</c>, whose type differs between the databases.</param>
    public static string Rows(string active, string single, bool folded)
    {
        return $"""
            insert into site (site_id, name, currency, time_zone, created_at)
            values (1, 'default', 'MDL', 'Europe/Chisinau', 0), (2, 'other', 'MDL', 'Europe/Chisinau', 0);
            insert into counter (site_id, last_certificate_id, last_entry_id, last_redemption_id) values (1, 3, 3, 0), (2, 1, 1, 0);
            insert into certificate
                (site_id, id, code, {(folded ? "code_folded, " : "")}is_active, value_minor, spent, held, version, issued_value, created_at,
                 created_by, updated_at, starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
            values {Row(1, 1, "lol-1", "LOL1")}, {Row(1, 2, "СЕРТ-2", "СЕРТ2")}, {Row(1, 3, "\ufeffC-3", "\ufeffC3")}, {Row(2, 1, "OIL", "OIL")}
            """;

        string Row(int site, int id, string code, string foldedCode) =>
            $"({site}, {id}, '{code}', {(folded ? $"'{foldedCode}', " : "")}{active}, 5, 0, 0, 1, 5, 10, 7, 10, null, null, {single}, null, {id}, {id}, 0)";
    }

    public static async Task ExpectFoundAsync(IStore store)
    {
        foreach (var (typed, id) in new[] { ("1o1-L", 1L), ("cert2", 0), ("CEPT 2", 2), ("C3", 3), ("0il", 0) })
            Assert.Equal(id, await FindAsync(new CertificateQuery { FoldedCode = CertificateCode.Fold(typed) }));
        Assert.Equal(3, await FindAsync(new CertificateQuery { Code = "\ufeffC-3" }));
        Assert.Equal(2, await FindAsync(new CertificateQuery { Search = "рт", Take = 10 }));
        var told = new List<string>();
        Assert.True(await LedgerVerification.RunAsync(store, told.Add, CancellationToken.None) == 0, string.Join('\n', told));

        async Task<long> FindAsync(CertificateQuery query)
        {
            await using var rows = await store.QueryAsync(1, query, CancellationToken.None);
            return await rows.ReadAsync(CancellationToken.None) ? rows.Current.Id : 0;
        }
    }
}
