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

    public void AddCertificate(PostgresRow row) => Certificates.Add(Columns<PostgresRow>.Certificate(row));

    /// <summary>
    /// Adds a certificate if the footprint names it. A walk over a range of ids also returns certificates that it does not name.
    /// </summary>
    public void AddCertificateIfNamed(PostgresRow row, GroupLookup lookup)
    {
        if (lookup.Footprint.Certificates.TryGetValue(row.Integer(0), out var likelyCode))
            Certificates.Add(Columns<PostgresRow>.Certificate(row, likelyCode));
    }

    public void AddRedemption(PostgresRow row) => redemptions.Add(Columns<PostgresRow>.Redemption(row));

    public void AddOverdueHold(PostgresRow row)
    {
        AddRedemption(row);
        OverdueHolds++;
    }

    public void AddHolder(PostgresRow row) => holders.Add(CertificateCode.FromStored(row.Text(1)), row.Integer(0));

    public void AddRecord(PostgresRow row) => records.Add(new IdempotencyRecord(
        row.Integer(0), IdempotencyKey.FromStored(row.Text(1)), row.Bytes(2), row.Bytes(3), row.Text(4), row.Instant(5)));

    public void AddBatch(PostgresRow row) => batches.Add(Columns<PostgresRow>.Batch(row));

    public void AddSite(PostgresRow row) => sites.Add(Columns<PostgresRow>.Site(row));

    public void AddToken(PostgresRow row) => tokens.Add(Columns<PostgresRow>.Token(row));

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
