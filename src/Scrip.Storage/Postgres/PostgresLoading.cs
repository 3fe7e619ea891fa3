using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Begins a transaction and reads everything that a footprint names, in one round trip: a statement for each kind of thing that is named,
/// and for nothing else.
/// </summary>
internal sealed class PostgresLoading(
    NpgsqlConnection connection,
    PostgresTables tables,
    long siteId,
    Footprint footprint,
    DateTimeOffset now)
{
    /// <summary>For each certificate that is wanted. Each is sent and read too: three of them take as long as a search.</summary>
    private const int MostRowsToWalk = 2;

    private readonly List<Certificate> certificates = [];
    private readonly List<Redemption> redemptions = [];
    private readonly Dictionary<CertificateCode, long> holders = [];
    private readonly List<IdempotencyRecord> records = [];
    private readonly List<Site> sites = [];
    private readonly List<ApiToken> tokens = [];
    private int overdue;

    /// <summary>What the session has planned is old: it is planned anew, for this transaction and those after it.</summary>
    public bool PlansAnew { get; init; }

    /// <summary>Null when the site has no counter row yet; the transaction is open all the same.</summary>
    public LedgerContents? Load()
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = PostgresSettings.GroupTimeoutSeconds };
        batch.Add("transaction_begin");
        if (PlansAnew)
            batch.Add("plans_discard");
        KeepShards(batch);
        var readings = new List<Action<NpgsqlDataReader>>();
        if (footprint.IsOfAccessAlone)
            AddAccess(batch, readings);
        else
            AddSite(batch, readings);

        var contents = Read(batch, readings);
        if (contents is not null && IsLargeUpdate)
            LoadOtherHolders();
        // Almost always there are none: their certificates are worth a round trip of their own.
        if (overdue > 0)
            LoadOverdueCertificates();
        return contents;
    }

    /// <summary>
    /// Most changes leave the code as it is, and its holder is among the certificates: of a large call the others are worth a round trip.
    /// </summary>
    private bool IsLargeUpdate => PostgresCopy.IsWorthwhile(footprint.CertificateIds);

    private void LoadOtherHolders()
    {
        var others = footprint.CodesBeside(certificates);
        if (others.Count == 0)
            return;
        using var batch = new NpgsqlBatch(connection);
        AddHolders(batch, others);
        using var reader = tables.Adapt(batch).ExecuteReader();
        ReadAll(reader, ReadHolder);
    }

    private void LoadOverdueCertificates()
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = PostgresSettings.GroupTimeoutSeconds };
        AddOverdueCertificates(batch);
        using var reader = tables.Adapt(batch).Read();
        ReadAll(reader, ReadCertificate);
    }

    private void AddOverdueCertificates(NpgsqlBatch batch) =>
        batch.Add("certificate_load_overdue").With(siteId).With(now).With(LedgerContents.MaxOverdueHolds);

    private void AddHolders(NpgsqlBatch batch, IReadOnlyCollection<CertificateCode> codes) => batch.Add("certificate_holder")
        .With(siteId).WithColumn(codes, code => code.Folded).WithColumn(codes, code => code.Text);

    private void AddSite(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        batch.Add("counter_lock").With(siteId);
        AddCertificates(batch, readings);
        AddRedemptions(batch, readings);
        AddOverdueHolds(batch, readings);
        AddKeys(batch, readings);
        AddAccess(batch, readings);
    }

    /// <summary>First of all, so that nothing of the site can move while the transaction is open.</summary>
    private void KeepShards(NpgsqlBatch batch)
    {
        if (tables.Anchor is not { } anchor)
            return;
        batch.Add("citus_shard_lock").With(anchor);
        batch.Add("citus_shard_is_here").With(anchor);
    }

    private LedgerContents? Read(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        try
        {
            using var reader = tables.Adapt(batch).Read();
            RequireShards(reader);
            return footprint.IsOfAccessAlone ? ReadAccess(reader, readings) : reader.Read() ? ReadContents(reader, readings) : null;
        }
        catch (PostgresException gone) when (tables.Anchor is not null && gone.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw PostgresTables.Moved(gone);
        }
    }

    /// <exception cref="StorageException">They are on another node now; what is left here of them no longer counts.</exception>
    private void RequireShards(NpgsqlDataReader reader)
    {
        if (tables.Anchor is null)
            return;
        reader.NextResult();
        if (!reader.Read() || !reader.GetBoolean(0))
            throw PostgresTables.Moved(inner: null);
        reader.NextResult();
    }

    private LedgerContents ReadAccess(NpgsqlDataReader reader, List<Action<NpgsqlDataReader>> readings)
    {
        foreach (var read in readings)
        {
            ReadAll(reader, read);
            reader.NextResult();
        }
        return ContentsWith(default);
    }

    private LedgerContents ReadContents(NpgsqlDataReader reader, List<Action<NpgsqlDataReader>> readings)
    {
        var counters = PostgresColumns.Counters(reader);
        foreach (var read in readings)
        {
            reader.NextResult();
            ReadAll(reader, read);
        }
        return ContentsWith(counters);
    }

    private LedgerContents ContentsWith(LedgerCounters counters) => new()
    {
        SiteId = siteId,
        LastCertificateId = counters.LastCertificateId,
        LastEntryId = counters.LastEntryId,
        LastRedemptionId = counters.LastRedemptionId,
        Certificates = certificates,
        Holders = holders,
        Redemptions = redemptions,
        HasMoreOverdueHolds = overdue == LedgerContents.MaxOverdueHolds,
        Records = records,
        Sites = sites,
        Tokens = tokens,
    };

    private void AddCertificates(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        AddNamedCertificates(batch, readings);
        if (!IsLargeUpdate && footprint.Codes is { Count: > 0 } codes)
        {
            AddHolders(batch, codes);
            readings.Add(ReadHolder);
        }
        if (footprint.PaymentCodes.Count > 0)
        {
            batch.Add("certificate_load_by_code").With(siteId).With(footprint.PaymentCodes.ToArray());
            readings.Add(ReadCertificate);
        }
        if (footprint.RedemptionIds.Count > 0)
        {
            batch.Add("certificate_load_by_redemption").With(siteId).With(footprint.RedemptionIds.ToArray());
            readings.Add(ReadCertificate);
        }
    }

    /// <summary>Those of a large update mostly lie side by side: to walk past all of them costs less than to search for each.</summary>
    private void AddNamedCertificates(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (footprint.CertificateIds.Count == 0)
            return;
        long[] ids = [.. footprint.CertificateIds.Order()];
        var (first, last) = (ids[0], ids[^1]);
        if (IsLargeUpdate && (Int128)last - first < MostRowsToWalk * ids.Length)
        {
            batch.Add("certificate_load_range").With(siteId).With(first).With(last);
            certificates.EnsureCapacity(ids.Length);
            var code = new byte[PostgresColumns.MostBytesOfCode];
            readings.Add(row => ReadNamedCertificate(row, code));
        }
        else
        {
            batch.Add("certificate_load").With(siteId).With(ids);
            readings.Add(ReadCertificate);
        }
    }

    private void AddRedemptions(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (footprint.RedemptionIds.Count > 0)
        {
            batch.Add("redemption_load").With(siteId).With(footprint.RedemptionIds.ToArray());
            readings.Add(ReadRedemption);
        }
        if (footprint.PaymentsById.Count > 0)
        {
            batch.Add("redemption_load_live").With(siteId)
                .WithColumn(footprint.PaymentsById, payment => payment.CertificateId)
                .WithColumn(footprint.PaymentsById, payment => payment.Reference);
            readings.Add(ReadRedemption);
        }
        if (footprint.PaymentsByCode.Count > 0)
        {
            batch.Add("redemption_load_live_by_code").With(siteId)
                .WithColumn(footprint.PaymentsByCode, payment => payment.FoldedCode)
                .WithColumn(footprint.PaymentsByCode, payment => payment.Reference);
            readings.Add(ReadRedemption);
        }
    }

    private void AddOverdueHolds(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        batch.Add("redemption_load_overdue").With(siteId).With(now).With(LedgerContents.MaxOverdueHolds);
        readings.Add(row =>
        {
            ReadRedemption(row);
            overdue++;
        });
    }

    private void AddKeys(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (footprint.Keys.Count == 0)
            return;
        batch.Add("idempotency_record_get").With(siteId)
            .WithColumn(footprint.Keys, key => key.Actor).WithColumn(footprint.Keys, key => key.Key.Text);
        readings.Add(ReadRecord);
    }

    private void AddAccess(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (!footprint.Access)
            return;
        // A second lock, always after the first: an administrator of one site may give another site a token.
        batch.Add("access_version_lock").With(PostgresAccess.AllSites);
        readings.Add(static _ => { });
        batch.Add("access_sites");
        readings.Add(row => sites.Add(PostgresAccess.Site(row)));
        batch.Add("access_tokens");
        readings.Add(row => tokens.Add(PostgresAccess.Token(row)));
    }

    private static void ReadAll(NpgsqlDataReader row, Action<NpgsqlDataReader> read)
    {
        while (row.Read())
            read(row);
    }

    private void ReadCertificate(NpgsqlDataReader row) => certificates.Add(PostgresColumns.Certificate(row));

    private void ReadNamedCertificate(NpgsqlDataReader row, byte[] code)
    {
        var id = row.GetInt64(0);
        if (footprint.Names(id))
            certificates.Add(PostgresColumns.Certificate(row, footprint.LikelyCode(id), code));
    }

    private void ReadRedemption(NpgsqlDataReader row) => redemptions.Add(PostgresColumns.Redemption(row));

    private void ReadHolder(NpgsqlDataReader row) => holders.Add(CertificateCode.FromStored(row.GetString(1)), row.GetInt64(0));

    private void ReadRecord(NpgsqlDataReader row) => records.Add(new IdempotencyRecord(
        row.GetInt64(0), IdempotencyKey.FromStored(row.GetString(1)), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3),
        row.GetString(4), PostgresColumns.Instant(row, 5)));
}
