using Npgsql;
using Scrip.Ledger;

namespace Scrip.Storage.Postgres;

/// <summary>Reads the overdue holds of a site with their certificates, in one committed state and without a lock.</summary>
internal static class PostgresOverdueHolds
{
    public static async Task<LedgerContents> ReadAsync(
        NpgsqlConnection connection, PostgresTables tables, long siteId, DateTimeOffset now, int most)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("snapshot_begin");
        batch.Add("counter_get").With(siteId);
        batch.Add("redemption_load_overdue").With(siteId).With(now).With(most);
        batch.Add("certificate_load_overdue").With(siteId).With(now).With(most);
        batch.Add("transaction_rollback");
        await using var row = await tables.Adapt(batch).ExecuteReaderAsync(CancellationToken.None);
        var counters = await row.ReadAsync(CancellationToken.None) ? PostgresColumns.Counters(row) : default;
        var holds = await row.NextAsync(PostgresColumns.Redemption);
        var certificates = await row.NextAsync(PostgresColumns.Certificate);
        return new LedgerContents
        {
            SiteId = siteId,
            LastCertificateId = counters.LastCertificateId,
            LastEntryId = counters.LastEntryId,
            LastRedemptionId = counters.LastRedemptionId,
            LastBatchId = counters.LastBatchId,
            Certificates = certificates,
            Redemptions = holds,
            HasMoreOverdueHolds = holds.Count == most,
        };
    }
}
