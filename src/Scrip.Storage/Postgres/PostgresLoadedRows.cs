using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Postgres;

/// <summary>Collects, row by row, what <see cref="PostgresLoading"/> reads.</summary>
internal sealed class PostgresLoadedRows
{
    private readonly List<Redemption> redemptions = [];
    private readonly Dictionary<CertificateCode, long> holders = [];
    private readonly List<IdempotencyRecord> records = [];
    private readonly List<Batch> batches = [];
    private readonly List<Site> sites = [];
    private readonly List<ApiToken> tokens = [];

    public List<Certificate> Certificates { get; } = [];

    public int OverdueHolds { get; private set; }

    public void AddCertificate(NpgsqlDataReader row) => Certificates.Add(PostgresColumns.Certificate(row));

    /// <summary>
    /// Adds a certificate if the footprint names it. A walk over a range of ids also returns certificates that it does not name.
    /// </summary>
    /// <param name="code">A buffer for the longest code.</param>
    public void AddCertificateIfNamed(NpgsqlDataReader row, GroupLookup lookup, byte[] code)
    {
        var id = row.GetInt64(0);
        if (lookup.Footprint.Certificates.ContainsKey(id))
            Certificates.Add(PostgresColumns.Certificate(row, lookup.Footprint.Certificates.GetValueOrDefault(id), code));
    }

    public void AddRedemption(NpgsqlDataReader row) => redemptions.Add(PostgresColumns.Redemption(row));

    public void AddOverdueHold(NpgsqlDataReader row)
    {
        AddRedemption(row);
        OverdueHolds++;
    }

    public void AddHolder(NpgsqlDataReader row) => holders.Add(CertificateCode.FromStored(row.GetString(1)), row.GetInt64(0));

    public void AddRecord(NpgsqlDataReader row) => records.Add(new IdempotencyRecord(
        row.GetInt64(0), IdempotencyKey.FromStored(row.GetString(1)), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3),
        row.GetString(4), PostgresColumns.Instant(row, 5)));

    public void AddBatch(NpgsqlDataReader row) => batches.Add(PostgresColumns.Batch(row));

    public void AddSite(NpgsqlDataReader row) => sites.Add(PostgresAccess.Site(row));

    public void AddToken(NpgsqlDataReader row) => tokens.Add(PostgresAccess.Token(row));

    public LedgerContents ToContents(long siteId, LedgerCounters counters) => new()
    {
        SiteId = siteId,
        LastCertificateId = counters.LastCertificateId,
        LastEntryId = counters.LastEntryId,
        LastRedemptionId = counters.LastRedemptionId,
        LastBatchId = counters.LastBatchId,
        Certificates = Certificates,
        Holders = holders,
        Redemptions = redemptions,
        HasMoreOverdueHolds = OverdueHolds == LedgerContents.MaxOverdueHolds,
        Batches = batches,
        Records = records,
        Sites = sites,
        Tokens = tokens,
    };
}
