using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Writes what a state has collected, with one statement for each table and kind of change, or a few if there are many rows.
/// </summary>
/// <param name="batch">Receives the statements to run; large bulk writes run at once.</param>
/// <param name="isOfAccessAlone">See <see cref="Footprint.IsOfAccessAlone"/>.</param>
internal sealed class PostgresWriting(NpgsqlBatch batch, PostgresTables tables, long siteId, bool isOfAccessAlone)
{
    /// <summary>
    /// How many rows each statement of a large update has. While the database runs one statement, the driver writes the next
    /// (docs/decisions/0027-updates-in-parts.md).
    /// </summary>
    private const int RowsOfPart = 1_000;

    public void Add(LedgerState state)
    {
        AddUpdates(state.Updated);
        AddCertificates(state.Created);
        // An ended redemption gives up its reference before another takes it.
        AddUpdates(state.UpdatedRedemptions);
        AddRedemptions(state.CreatedRedemptions);
        AddEntries(state.Entries);
        // The counters are written even if no number was assigned: a commit that writes nothing does not wait for the standby, and so does
        // not confirm what the transaction has read.
        if (!isOfAccessAlone)
        {
            batch.Add("counter_set")
                .With(siteId).With(state.LastCertificateId).With(state.LastEntryId).With(state.LastRedemptionId).With(state.NewestEntryAt)
                .With(state.LastBatchId);
        }
        AddBatches(state);
        AddRecords(state.NewRecords);
        AddAccess(state);
    }

    private void AddUpdates(IReadOnlyList<(Certificate Before, Certificate After)> updated)
    {
        if (updated.Count == 0)
            return;
        var renamed = updated.Where(pair => pair.After.Code != pair.Before.Code).ToList();
        // PostgreSQL checks a unique key row by row. If one certificate gives up a code that another takes in the same transaction, the
        // code is freed first, so that certificates can swap or rotate their codes in any order.
        var wanted = renamed.Select(pair => pair.After.Code).ToHashSet();
        foreach (var parked in renamed.Where(pair => wanted.Contains(pair.Before.Code)).Chunk(RowsOfPart))
            batch.Add("certificate_park").With(siteId).WithColumn(parked, pair => pair.Before.Id);
        foreach (var part in renamed.Select(pair => pair.After).Chunk(RowsOfPart))
        {
            WithState(batch.Add("certificate_update_code"), part)
                .WithColumn(part, certificate => certificate.Code.Text)
                .WithColumn(part, certificate => certificate.Code.Folded);
        }
        foreach (var part in updated.Where(pair => pair.After.Code == pair.Before.Code).Select(pair => pair.After).Chunk(RowsOfPart))
            WithState(batch.Add("certificate_update"), part);
        foreach (var part in updated.Where(pair => pair.After.Terms != pair.Before.Terms).Select(pair => pair.After).Chunk(RowsOfPart))
            WithTerms(batch.Add("certificate_update_terms").With(siteId).WithColumn(part, certificate => certificate.Id), part);
    }

    private NpgsqlBatchCommand WithState(NpgsqlBatchCommand update, IReadOnlyCollection<Certificate> certificates) => update
        .With(siteId)
        .WithColumn(certificates, certificate => certificate.Id)
        .WithColumn(certificates, certificate => certificate.IsActive)
        .WithColumn(certificates, certificate => certificate.FaceValue)
        .WithColumn(certificates, certificate => certificate.Spent)
        .WithColumn(certificates, certificate => certificate.Held)
        .WithColumn(certificates, certificate => certificate.Version)
        .WithColumn(certificates, certificate => Microseconds.From(certificate.UpdatedAt))
        .WithColumn(certificates, certificate => certificate.LastEntryId)
        .WithColumn(certificates, certificate => certificate.SpentAtRedemptionId);

    private static NpgsqlBatchCommand WithTerms(NpgsqlBatchCommand command, IReadOnlyCollection<Certificate> certificates) => command
        .WithColumn(certificates, certificate => Optional(certificate.Terms.StartsAt))
        .WithColumn(certificates, certificate => Optional(certificate.Terms.ExpiresAt))
        .WithColumn(certificates, certificate => certificate.Terms.SingleUse)
        .WithColumn(certificates, certificate => certificate.Terms.Note);

    private static long? Optional(DateTimeOffset? instant) => instant is { } known ? Microseconds.From(known) : null;

    private void AddCertificates(IReadOnlyCollection<Certificate> created)
    {
        if (created.Count == 0)
            return;
        if (PostgresCopy.IsWorthwhile(created))
        {
            Copy().Write(created);
            return;
        }
        var insert = batch.Add("certificate_insert").With(siteId)
            .WithColumn(created, certificate => certificate.Id)
            .WithColumn(created, certificate => certificate.Code.Text)
            .WithColumn(created, certificate => certificate.Code.Folded)
            .WithColumn(created, certificate => certificate.IsActive)
            .WithColumn(created, certificate => certificate.FaceValue)
            .WithColumn(created, certificate => certificate.Spent)
            .WithColumn(created, certificate => certificate.Held)
            .WithColumn(created, certificate => certificate.Version)
            .WithColumn(created, certificate => certificate.IssuedValue)
            .WithColumn(created, certificate => Microseconds.From(certificate.CreatedAt))
            .WithColumn(created, certificate => certificate.CreatedBy)
            .WithColumn(created, certificate => Microseconds.From(certificate.UpdatedAt));
        WithTerms(insert, created)
            .WithColumn(created, certificate => certificate.IssuedEntryId)
            .WithColumn(created, certificate => certificate.LastEntryId)
            .WithColumn(created, certificate => certificate.SpentAtRedemptionId);
    }

    private void AddUpdates(IReadOnlyList<(Redemption Before, Redemption After)> updated)
    {
        if (updated.Count == 0)
            return;
        batch.Add("redemption_update").With(siteId)
            .WithColumn(updated, pair => pair.After.Id)
            .WithColumn(updated, pair => (long)pair.After.State)
            .WithColumn(updated, pair => pair.After.Captured)
            .WithColumn(updated, pair => pair.After.Refunded)
            .WithColumn(updated, pair => pair.After.BalanceAfter)
            .WithColumn(updated, pair => Optional(pair.After.HoldExpiresAt))
            .WithColumn(updated, pair => EndedId(pair.After));
    }

    private void AddRedemptions(IReadOnlyCollection<Redemption> created)
    {
        if (created.Count == 0)
            return;
        batch.Add("redemption_insert").With(siteId)
            .WithColumn(created, redemption => redemption.Id)
            .WithColumn(created, redemption => redemption.CertificateId)
            .WithColumn(created, redemption => redemption.Reference)
            .WithColumn(created, redemption => (long)redemption.State)
            .WithColumn(created, redemption => redemption.Amount)
            .WithColumn(created, redemption => redemption.Captured)
            .WithColumn(created, redemption => redemption.Refunded)
            .WithColumn(created, redemption => redemption.BalanceAfter)
            .WithColumn(created, redemption => Microseconds.From(redemption.CreatedAt))
            .WithColumn(created, redemption => Optional(redemption.HoldExpiresAt))
            .WithColumn(created, EndedId);
    }

    private static long EndedId(Redemption redemption) => redemption.IsLive ? 0 : redemption.Id;

    private void AddEntries(IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0)
            return;
        if (PostgresCopy.IsWorthwhile(entries))
        {
            Copy().Write(entries);
            return;
        }
        batch.Add("entry_insert").With(siteId)
            .WithColumn(entries, entry => entry.Id)
            .WithColumn(entries, entry => entry.CertificateId)
            .WithColumn(entries, entry => entry.PreviousId)
            .WithColumn(entries, entry => entry.RedemptionId)
            .WithColumn(entries, entry => (long)entry.Kind)
            .WithColumn(entries, entry => entry.Amount)
            .WithColumn(entries, entry => entry.BalanceAfter)
            .WithColumn(entries, entry => entry.HeldAfter)
            .WithColumn(entries, entry => entry.FaceValueAfter)
            .WithColumn(entries, entry => entry.Detail)
            .WithColumn(entries, entry => entry.Actor)
            .WithColumn(entries, entry => Microseconds.From(entry.CreatedAt));
    }

    private void AddBatches(LedgerState state)
    {
        foreach (var created in state.CreatedBatches)
        {
            batch.Add("batch_insert")
                .With(siteId).With(created.Id).With(created.Name).With((long)created.Source).With(created.FirstCertificateId)
                .With(created.Certificates).With(created.Units).With(created.CreatedAt).With(created.CreatedBy);
        }
        foreach (var (_, after) in state.UpdatedBatches)
            batch.Add("batch_update").With(siteId).With(after.Id).With(after.Name);
    }

    /// <summary>
    /// COPY cannot be part of a batch: the statements collected so far, such as the updates that free codes, run before it.
    /// </summary>
    private PostgresCopy Copy()
    {
        if (batch.BatchCommands.Count > 0)
            tables.Adapt(batch).ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();
        batch.BatchCommands.Clear();
        return new PostgresCopy(batch.Connection!, tables, siteId);
    }

    private void AddRecords(IReadOnlyList<IdempotencyRecord> records)
    {
        if (records.Count == 0)
            return;
        batch.Add("idempotency_record_insert").With(siteId)
            .WithColumn(records, record => record.Actor)
            .WithColumn(records, record => record.Key.Text)
            .WithColumn(records, record => record.Fingerprint.ToArray())
            .WithColumn(records, record => record.Receipt.ToArray())
            .WithColumn(records, record => record.TraceId)
            .WithColumn(records, record => Microseconds.From(record.CreatedAt));
    }

    private void AddAccess(LedgerState state)
    {
        foreach (var site in state.NewSites)
            batch.Add("site_insert").With(site.Id).With(site.Name).With(site.Currency.Code).With(site.TimeZone).With(site.CreatedAt);
        foreach (var token in state.NewTokens)
        {
            batch.Add("api_token_insert")
                .With(token.SiteId).With(token.Id).With(token.Name).With((long)token.Scopes).With(token.Hash.ToArray())
                .With(token.CreatedAt).With(Optional(token.ExpiresAt));
        }
        foreach (var token in state.UpdatedTokens)
        {
            batch.Add("api_token_update")
                .With(token.SiteId).With(token.Id).With(token.Hash.ToArray()).With<byte[]?>(token.Retiring?.Hash.ToArray())
                .With(Optional(token.Retiring?.EndsAt)).With(Optional(token.RevokedAt));
        }
        if (state.NewSites.Count + state.NewTokens.Count + state.UpdatedTokens.Count > 0)
            batch.Add("access_version_bump").With(PostgresAccess.AllSites);
    }
}
