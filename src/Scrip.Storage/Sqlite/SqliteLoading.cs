using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Sqlite;

/// <summary>Reads by key everything that a footprint names.</summary>
internal sealed class SqliteLoading(SqliteSession session, long siteId)
{
    private readonly List<Certificate> certificates = [];
    private readonly List<Redemption> redemptions = [];

    public LedgerContents Load(Footprint footprint, DateTimeOffset now, int maxOverdueHolds = LedgerContents.MaxOverdueHolds)
    {
        var access = footprint.Access ? SqliteTransaction.ReadAccess(session) : new AccessContents([], []);
        var counters = SqliteTransaction.ReadCounters(session, siteId);
        certificates.EnsureCapacity(footprint.CertificateIds.Count);
        foreach (var id in footprint.CertificateIds.Order())
            LoadCertificate(id);
        LoadPayments(footprint);
        foreach (var id in footprint.RedemptionIds)
            LoadWithCertificate(session.Named("redemption_load").Bind(1, siteId).Bind(2, id));
        var overdue = LoadWithCertificate(
            session.Named("redemption_load_overdue").Bind(1, siteId).Bind(2, now).Bind(3, maxOverdueHolds));
        return new LedgerContents
        {
            SiteId = siteId,
            LastCertificateId = counters.LastCertificateId,
            LastEntryId = counters.LastEntryId,
            LastRedemptionId = counters.LastRedemptionId,
            Certificates = certificates,
            Holders = LoadHolders(footprint.Codes),
            Redemptions = redemptions,
            HasMoreOverdueHolds = overdue == maxOverdueHolds,
            Records = LoadRecords(footprint.Keys),
            Sites = access.Sites,
            Tokens = access.Tokens,
        };
    }

    private void LoadCertificate(long id)
    {
        var row = session.Named("certificate_load").Bind(1, siteId).Bind(2, id);
        if (row.Step())
            certificates.Add(SqliteColumns.Certificate(row));
        row.Reset();
    }

    private void LoadPayments(Footprint footprint)
    {
        foreach (var (certificateId, reference) in footprint.PaymentsById)
            LoadLive(certificateId, reference);
        foreach (var (foldedCode, reference) in footprint.PaymentsByCode)
        {
            var first = certificates.Count;
            for (var row = session.Named("certificate_load_by_code").Bind(1, siteId).Bind(2, foldedCode); row.Step();)
                certificates.Add(SqliteColumns.Certificate(row));
            foreach (var candidate in certificates.Skip(first).ToList())
                LoadLive(candidate.Id, reference);
        }
    }

    private void LoadLive(long certificateId, string reference)
    {
        var row = session.Named("redemption_load_live").Bind(1, siteId).Bind(2, reference).Bind(3, certificateId);
        if (row.Step())
            redemptions.Add(SqliteColumns.Redemption(row));
        row.Reset();
    }

    /// <summary>Answers how many there were.</summary>
    private int LoadWithCertificate(SqliteStatement rows)
    {
        var first = redemptions.Count;
        while (rows.Step())
            redemptions.Add(SqliteColumns.Redemption(rows));
        foreach (var certificateId in redemptions.Skip(first).Select(redemption => redemption.CertificateId).Distinct())
            LoadCertificate(certificateId);
        return redemptions.Count - first;
    }

    private Dictionary<CertificateCode, long> LoadHolders(IReadOnlyCollection<CertificateCode> codes)
    {
        if (codes.Count == 0)
            return [];
        // Most changes leave the code as it is: its holder is known already.
        var holders = new Dictionary<CertificateCode, long>(certificates.Count);
        foreach (var certificate in certificates)
            holders[certificate.Code] = certificate.Id;
        var row = session.Named("certificate_holder").Bind(1, siteId);
        foreach (var code in codes.Where(code => !holders.ContainsKey(code)))
        {
            if (row.Bind(2, code.Folded).Bind(3, code.Text).Step())
                holders.Add(code, row.Integer(0));
            row.Reset();
        }
        return holders;
    }

    private List<IdempotencyRecord> LoadRecords(IReadOnlyCollection<(long Actor, IdempotencyKey Key)> keys)
    {
        var records = new List<IdempotencyRecord>();
        var row = session.Named("idempotency_record_get").Bind(1, siteId);
        foreach (var (actor, key) in keys)
        {
            if (row.Bind(2, actor).Bind(3, key.Text).Step())
                records.Add(new IdempotencyRecord(actor, key, row.Bytes(0).ToArray(), row.Bytes(1).ToArray(), row.Text(2), row.Instant(3)));
            row.Reset();
        }
        return records;
    }
}
