using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Sqlite;

/// <summary>Writes what a state has collected, by key.</summary>
internal sealed class SqliteWriting(SqliteSession session, long siteId)
{
    private const int ManyRows = 16;

    public void Write(LedgerState state)
    {
        var updated = state.Updated;
        UpdateCertificates(updated);
        InsertInOrder(state.Created, rows => session.Insert(rows, "certificate_insert"), Bind);
        WriteCodes([.. updated.Where(pair => pair.After.Code != pair.Before.Code)], state.Created);
        // An ended redemption gives up its reference before another takes it.
        UpdateRedemptions(state.UpdatedRedemptions);
        InsertRedemptions(state.CreatedRedemptions);
        InsertInOrder(state.Entries, rows => session.Insert(rows, "entry_insert"), Bind);
        if (state.HasNumbered)
        {
            session.Named("counter_set")
                .Bind(1, siteId).Bind(2, state.LastCertificateId).Bind(3, state.LastEntryId).Bind(4, state.LastRedemptionId)
                .Bind(5, state.NewestEntryAt).Bind(6, state.LastBatchId)
                .Run();
        }
        WriteBatches(state);
        InsertRecords(state.NewRecords);
        WriteAccess(state);
    }

    private void UpdateCertificates(IReadOnlyList<(Certificate Before, Certificate After)> updated)
    {
        if (updated.Count == 0)
            return;
        var keepCode = session.Named("certificate_update").Bind(1, siteId);
        var changeCode = session.Named("certificate_update_code").Bind(1, siteId);
        var changeTerms = session.Named("certificate_update_terms").Bind(1, siteId);
        foreach (var (before, after) in updated)
        {
            var update = keepCode;
            if (after.Code != before.Code)
                update = changeCode.Bind(11, after.Code.Text);
            update.Bind(2, after.Id).Bind(3, after.IsActive).Bind(4, after.FaceValue).Bind(5, after.Spent).Bind(6, after.Held)
                .Bind(7, after.Version).Bind(8, after.UpdatedAt).Bind(9, after.LastEntryId).Bind(10, after.SpentAtRedemptionId)
                .Run();
            if (after.Terms != before.Terms)
                BindTerms(changeTerms.Bind(2, after.Id), 3, after.Terms).Run();
        }
    }

    /// <summary>
    /// All codes are given up before any is taken, so that certificates can swap or rotate them. They are taken in the order of the codes,
    /// one page after another; in the order of the certificates each code would go to a different page
    /// (docs/decisions/0026-codes-in-order.md).
    /// </summary>
    private void WriteCodes(IReadOnlyList<(Certificate Before, Certificate After)> renamed, IReadOnlyList<Certificate> created)
    {
        if (renamed.Count + created.Count == 0)
            return;
        var delete = session.Named("certificate_code_delete").Bind(1, siteId);
        InOrderOfCodes(
            [.. renamed.Select(pair => pair.Before)],
            (folded, certificate) => delete.Bind(2, folded).Bind(3, certificate.Code.Text).RunOnOne());
        var insert = session.Named("certificate_code_insert").Bind(1, siteId);
        InOrderOfCodes(
            [.. renamed.Select(pair => pair.After), .. created],
            (folded, certificate) => insert.Bind(2, folded).Bind(3, certificate.Code.Text).Bind(4, certificate.Id).Run());
    }

    /// <summary>
    /// Sorts by UTF-16, while SQLite sorts by UTF-8. The two only differ beyond U+FFFF, where the difference costs a page write and nothing
    /// else.
    /// </summary>
    private static void InOrderOfCodes(Certificate[] certificates, Action<string, Certificate> visit)
    {
        var folded = Array.ConvertAll(certificates, certificate => certificate.Code.Folded);
        Array.Sort(folded, certificates, StringComparer.Ordinal);
        for (var at = 0; at < folded.Length; at++)
            visit(folded[at], certificates[at]);
    }

    private static SqliteStatement BindTerms(SqliteStatement statement, int first, CertificateTerms terms) => statement
        .Bind(first, terms.StartsAt).Bind(first + 1, terms.ExpiresAt).Bind(first + 2, terms.SingleUse).Bind(first + 3, terms.Note);

    private void UpdateRedemptions(IReadOnlyList<(Redemption Before, Redemption After)> updated)
    {
        var update = session.Named("redemption_update").Bind(1, siteId);
        foreach (var (_, after) in updated)
        {
            update.Bind(2, after.Id).Bind(3, (long)after.State).Bind(4, after.Captured).Bind(5, after.Refunded)
                .Bind(6, after.BalanceAfter).Bind(7, after.HoldExpiresAt).Bind(8, EndedId(after))
                .Run();
        }
    }

    private void InsertRedemptions(IReadOnlyCollection<Redemption> created)
    {
        var insert = session.Named("redemption_insert").Bind(1, siteId);
        foreach (var redemption in created)
        {
            insert.Bind(2, redemption.Id).Bind(3, redemption.CertificateId).Bind(4, redemption.Reference).Bind(5, (long)redemption.State)
                .Bind(6, redemption.Amount).Bind(7, redemption.Captured).Bind(8, redemption.Refunded).Bind(9, redemption.BalanceAfter)
                .Bind(10, redemption.CreatedAt).Bind(11, redemption.HoldExpiresAt).Bind(12, EndedId(redemption))
                .Run();
        }
    }

    private static long EndedId(Redemption redemption) => redemption.IsLive ? 0 : redemption.Id;

    /// <summary>
    /// Inserts several rows per run if there are many: beginning and ending a run costs SQLite as much as a row. Only for rows in the order
    /// of their keys, because a run of several rows first saves the previous content of each page (docs/decisions/0022-many-rows-a-run.md).
    /// </summary>
    private static void InsertInOrder<TRow>(
        IReadOnlyList<TRow> rows, Func<int, SqliteStatement> insertOf, Action<SqliteStatement, TRow> bind)
    {
        for (var first = 0; first < rows.Count;)
        {
            var count = rows.Count - first < ManyRows ? 1 : ManyRows;
            var insert = insertOf(count);
            for (var row = 0; row < count; row++)
                bind(insert.Row(row), rows[first + row]);
            insert.Run();
            first += count;
        }
    }

    private void Bind(SqliteStatement row, Certificate certificate)
    {
        row.Bind(1, siteId).Bind(2, certificate.Id).Bind(3, certificate.Code.Text).Bind(4, certificate.IsActive)
            .Bind(5, certificate.FaceValue).Bind(6, certificate.Spent).Bind(7, certificate.Held).Bind(8, certificate.Version)
            .Bind(9, certificate.IssuedValue).Bind(10, certificate.CreatedAt).Bind(11, certificate.CreatedBy)
            .Bind(12, certificate.UpdatedAt)
            .Bind(17, certificate.IssuedEntryId).Bind(18, certificate.LastEntryId).Bind(19, certificate.SpentAtRedemptionId);
        BindTerms(row, 13, certificate.Terms);
    }

    private void Bind(SqliteStatement row, Entry entry) => row
        .Bind(1, siteId).Bind(2, entry.Id).Bind(3, entry.CertificateId).Bind(4, entry.PreviousId).Bind(5, entry.RedemptionId)
        .Bind(6, (long)entry.Kind).Bind(7, entry.Amount).Bind(8, entry.BalanceAfter).Bind(9, entry.HeldAfter)
        .Bind(10, entry.FaceValueAfter).Bind(11, entry.Detail).Bind(12, entry.Actor).Bind(13, entry.CreatedAt);

    private void WriteBatches(LedgerState state)
    {
        foreach (var batch in state.CreatedBatches)
        {
            session.Named("batch_insert")
                .Bind(1, siteId).Bind(2, batch.Id).Bind(3, batch.Name).Bind(4, (long)batch.Source).Bind(5, batch.FirstCertificateId)
                .Bind(6, batch.Certificates).Bind(7, batch.Units).Bind(8, batch.CreatedAt).Bind(9, batch.CreatedBy)
                .Run();
        }
        foreach (var (_, after) in state.UpdatedBatches)
            session.Named("batch_update").Bind(1, siteId).Bind(2, after.Id).Bind(3, after.Name).Run();
    }

    private void InsertRecords(IReadOnlyList<IdempotencyRecord> records)
    {
        var insert = session.Named("idempotency_record_insert").Bind(1, siteId);
        foreach (var record in records)
        {
            insert.Bind(2, record.Actor).Bind(3, record.Key.Text).Bind(4, record.Fingerprint).Bind(5, record.Receipt)
                .Bind(6, record.TraceId).Bind(7, record.CreatedAt)
                .Run();
        }
    }

    private void WriteAccess(LedgerState state)
    {
        foreach (var site in state.NewSites)
        {
            session.Named("site_insert")
                .Bind(1, site.Id).Bind(2, site.Name).Bind(3, site.Currency.Code).Bind(4, site.TimeZone).Bind(5, site.CreatedAt)
                .Run();
        }
        foreach (var token in state.NewTokens)
        {
            session.Named("api_token_insert")
                .Bind(1, token.SiteId).Bind(2, token.Id).Bind(3, token.Name).Bind(4, (long)token.Scopes).Bind(5, token.Hash)
                .Bind(6, token.CreatedAt).Bind(7, token.ExpiresAt)
                .Run();
        }
        foreach (var token in state.UpdatedTokens)
        {
            session.Named("api_token_update")
                .Bind(1, token.SiteId).Bind(2, token.Id).Bind(3, token.Hash).Bind(4, token.Retiring?.Hash).Bind(5, token.Retiring?.EndsAt)
                .Bind(6, token.RevokedAt)
                .Run();
        }
        if (state.NewSites.Count + state.NewTokens.Count + state.UpdatedTokens.Count > 0)
            session.Named("access_version_bump").Bind(1, SqliteTransaction.AllSites).Run();
    }
}
