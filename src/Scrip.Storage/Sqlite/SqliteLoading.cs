using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Sqlite;

/// <summary>Reads everything that a footprint names, by key.</summary>
internal sealed class SqliteLoading(SqliteSession session, long siteId, GroupLookup lookup)
{
    private const int MostRowsToWalk = 8;
    private const int ManyCodes = 1_000;

    private readonly List<Certificate> certificates = [];
    private readonly List<Redemption> redemptions = [];

    /// <summary>Loads what the footprint names and the site's overdue holds.</summary>
    public LedgerContents LoadWithOverdue(DateTimeOffset now, int most = LedgerContents.MaxOverdueHolds)
    {
        var overdue = LoadWithCertificate(session.Named("redemption_load_overdue").Bind(1, siteId).Bind(2, now).Bind(3, most));
        return Load() with { HasMoreOverdueHolds = overdue == most };
    }

    /// <summary>Loads what the footprint names.</summary>
    public LedgerContents Load()
    {
        var access = lookup.Footprint.Access ? SqliteTransaction.ReadAccess(session) : new AccessContents([], []);
        var counters = SqliteTransaction.ReadCounters(session, siteId);
        LoadCertificates(lookup.Footprint.CertificateIds);
        LoadPayments();
        foreach (var id in lookup.Footprint.RedemptionIds)
            LoadWithCertificate(session.Named("redemption_load").Bind(1, siteId).Bind(2, id));
        return new LedgerContents
        {
            SiteId = siteId,
            LastCertificateId = counters.LastCertificateId,
            LastEntryId = counters.LastEntryId,
            LastRedemptionId = counters.LastRedemptionId,
            LastBatchId = counters.LastBatchId,
            Certificates = certificates,
            Holders = LoadHolders(lookup.CodesBeside(certificates)),
            Redemptions = redemptions,
            Batches = LoadBatches(lookup.Footprint.BatchIds),
            Records = LoadRecords(lookup.Keys),
            Sites = access.Sites,
            Tokens = access.Tokens,
        };
    }

    /// <summary>
    /// Loads certificates in the order of their ids, in which they are stored: walking to the next one is often faster than searching.
    /// </summary>
    private void LoadCertificates(IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0)
            return;
        certificates.EnsureCapacity(certificates.Count + ids.Count);
        var row = session.Named("certificate_load").Bind(1, siteId);
        var at = long.MinValue;
        foreach (var id in ids.Order())
        {
            if (at < id - MostRowsToWalk)
            {
                row.Reset();
                row.Bind(2, id);
            }
            while (at < id && row.Step())
                at = row.Integer(0);
            if (at < id)
                break;
            if (at == id)
                certificates.Add(SqliteColumns.Certificate(row, lookup.Footprint.Certificates.GetValueOrDefault(id)));
        }
        row.Reset();
    }

    private void LoadPayments()
    {
        foreach (var (certificateId, reference) in lookup.PaymentsById)
            LoadLive(certificateId, reference);
        if (lookup.Footprint.PaymentCodes.Count == 0)
            return;
        var references = lookup.PaymentsByCode.ToLookup(payment => payment.FoldedCode, payment => payment.Reference);
        var row = session.Named("certificate_load_by_code").Bind(1, siteId);
        foreach (var foldedCode in InOrder(lookup.Footprint.PaymentCodes))
        {
            var first = certificates.Count;
            for (row.Bind(2, foldedCode); row.Step();)
                certificates.Add(SqliteColumns.Certificate(row));
            for (var found = first; found < certificates.Count; found++)
            {
                foreach (var reference in references[foldedCode])
                    LoadLive(certificates[found].Id, reference);
            }
        }
    }

    /// <summary>Of a large import, the codes lie on all pages of their table: each page is looked at once.</summary>
    private static IEnumerable<string> InOrder(IReadOnlyCollection<string> codes) =>
        codes.Count < ManyCodes ? codes : codes.Order(StringComparer.Ordinal);

    private void LoadLive(long certificateId, string reference)
    {
        var row = session.Named("redemption_load_live").Bind(1, siteId).Bind(2, reference).Bind(3, certificateId);
        if (row.Step())
            redemptions.Add(SqliteColumns.Redemption(row));
        row.Reset();
    }

    /// <summary>Returns how many rows there were.</summary>
    private int LoadWithCertificate(SqliteStatement rows)
    {
        var first = redemptions.Count;
        while (rows.Step())
            redemptions.Add(SqliteColumns.Redemption(rows));
        LoadCertificates(redemptions.Skip(first).Select(redemption => redemption.CertificateId).ToHashSet());
        return redemptions.Count - first;
    }

    private Dictionary<CertificateCode, long> LoadHolders(IReadOnlyCollection<CertificateCode> codes)
    {
        var holders = new Dictionary<CertificateCode, long>();
        var row = session.Named("certificate_holder").Bind(1, siteId);
        foreach (var code in codes)
        {
            if (row.Bind(2, code.Folded).Bind(3, code.Text).Step())
                holders.Add(code, row.Integer(0));
            row.Reset();
        }
        return holders;
    }

    private List<Batch> LoadBatches(IReadOnlyCollection<long> ids)
    {
        var batches = new List<Batch>(ids.Count);
        foreach (var id in ids)
        {
            var row = session.Named("batch_load").Bind(1, siteId).Bind(2, id);
            if (row.Step())
                batches.Add(SqliteColumns.Batch(row));
            row.Reset();
        }
        return batches;
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
