using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Begins a transaction and reads everything that a footprint names, in one round trip, with one statement for each kind of thing that it
/// names.
/// </summary>
internal sealed class PostgresLoading(
    NpgsqlConnection connection,
    PostgresTables tables,
    long siteId,
    GroupLookup lookup,
    DateTimeOffset now)
{
    /// <summary>
    /// The most rows to walk for each wanted certificate. Each is sent and read as well, and three of them take as long as a search.
    /// </summary>
    private const int MostRowsToWalk = 2;

    private readonly PostgresLoadedRows rows = new();

    /// <summary>Whether to discard the session's old plans, for this transaction and later ones.</summary>
    public bool PlansAnew { get; init; }

    /// <summary>Loads the footprint; null if the site has no counter row yet. The transaction is open in either case.</summary>
    /// <exception cref="StorageException">The database failed or is silent.</exception>
    public LedgerContents? Load(PostgresWriter writer)
    {
        var readings = new List<Action<NpgsqlDataReader>>();
        var reader = writer.Guard(() => SendAsync(readings));
        // Usually the whole response has arrived by now and is read on this thread.
        return writer.Guard(() => ThreadPoolContext.RunAsync(() => ReadAsync(reader, readings)));
    }

    private async Task<NpgsqlDataReader> SendAsync(List<Action<NpgsqlDataReader>> readings)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = PostgresSettings.GroupTimeoutSeconds };
        batch.Add("transaction_begin");
        if (PlansAnew)
            batch.Add("plans_discard");
        KeepShards(batch);
        if (lookup.Footprint.IsOfAccessAlone)
            AddAccess(batch, readings);
        else
            AddSite(batch, readings);
        try
        {
            return await tables.Adapt(batch).ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException gone) when (IsMove(gone))
        {
            throw PostgresTables.Moved(gone);
        }
    }

    private async Task<LedgerContents?> ReadAsync(NpgsqlDataReader reader, List<Action<NpgsqlDataReader>> readings)
    {
        LedgerContents? contents;
        await using (reader)
            contents = await ReadSiteAsync(reader, readings);
        if (contents is not null && IsLargeUpdate)
            await LoadOtherHoldersAsync();
        // Usually there are no overdue holds, so their certificates may take a further round trip.
        if (rows.OverdueHolds > 0)
            await LoadOverdueCertificatesAsync();
        return contents;
    }

    private async Task<LedgerContents?> ReadSiteAsync(NpgsqlDataReader reader, List<Action<NpgsqlDataReader>> readings)
    {
        try
        {
            await RequireShardsAsync(reader);
            if (lookup.Footprint.IsOfAccessAlone)
                return await ReadAccessAsync(reader, readings);
            return await reader.ReadAsync(CancellationToken.None) ? await ReadContentsAsync(reader, readings) : null;
        }
        catch (PostgresException gone) when (IsMove(gone))
        {
            throw PostgresTables.Moved(gone);
        }
    }

    private bool IsMove(PostgresException fault) => tables.Anchor is not null && fault.SqlState == PostgresErrorCodes.UndefinedTable;

    /// <summary>
    /// Whether the footprint is a large update. Most changes keep the code, whose holder then is among the certificates; in a large call
    /// the holders of the other codes are worth a round trip.
    /// </summary>
    private bool IsLargeUpdate => PostgresCopy.IsWorthwhile(lookup.Footprint.CertificateIds);

    private Task LoadOtherHoldersAsync()
    {
        var others = lookup.CodesBeside(rows.Certificates);
        return others.Count == 0 ? Task.CompletedTask : LoadMoreAsync(batch => AddHolders(batch, others), rows.AddHolder);
    }

    private Task LoadOverdueCertificatesAsync() => LoadMoreAsync(
        batch => batch.Add("certificate_load_overdue").With(siteId).With(now).With(LedgerContents.MaxOverdueHolds), rows.AddCertificate);

    private async Task LoadMoreAsync(Action<NpgsqlBatch> add, Action<NpgsqlDataReader> read)
    {
        await using var batch = new NpgsqlBatch(connection);
        add(batch);
        await using var reader = await tables.Adapt(batch).ExecuteReaderAsync(CancellationToken.None);
        await ReadAllAsync(reader, read);
    }

    private void AddHolders(NpgsqlBatch batch, IReadOnlyCollection<CertificateCode> codes) => batch.Add("certificate_holder")
        .With(siteId).WithColumn(codes, code => code.Folded).WithColumn(codes, code => code.Text);

    private void AddSite(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        batch.Add("counter_lock").With(siteId);
        AddCertificates(batch, readings);
        AddRedemptions(batch, readings);
        AddOverdueHolds(batch, readings);
        AddBatches(batch, readings);
        AddKeys(batch, readings);
        AddAccess(batch, readings);
    }

    /// <summary>Comes first, so that no shard of the site can move while the transaction is open.</summary>
    private void KeepShards(NpgsqlBatch batch)
    {
        if (tables.Anchor is not { } anchor)
            return;
        batch.Add("citus_shard_lock").With(anchor);
        batch.Add("citus_shard_is_here").With(anchor);
    }

    /// <exception cref="StorageException">The shards are on another node now, and what remains of them here no longer counts.</exception>
    private async Task RequireShardsAsync(NpgsqlDataReader reader)
    {
        if (tables.Anchor is null)
            return;
        await reader.NextResultAsync(CancellationToken.None);
        if (!await reader.ReadAsync(CancellationToken.None) || !reader.GetBoolean(0))
            throw PostgresTables.Moved(inner: null);
        await reader.NextResultAsync(CancellationToken.None);
    }

    private async Task<LedgerContents> ReadAccessAsync(NpgsqlDataReader reader, List<Action<NpgsqlDataReader>> readings)
    {
        foreach (var read in readings)
        {
            await ReadAllAsync(reader, read);
            await reader.NextResultAsync(CancellationToken.None);
        }
        return rows.ToContents(siteId, default);
    }

    private async Task<LedgerContents> ReadContentsAsync(NpgsqlDataReader reader, List<Action<NpgsqlDataReader>> readings)
    {
        var counters = PostgresColumns.Counters(reader);
        foreach (var read in readings)
        {
            await reader.NextResultAsync(CancellationToken.None);
            await ReadAllAsync(reader, read);
        }
        return rows.ToContents(siteId, counters);
    }

    private void AddCertificates(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        AddNamedCertificates(batch, readings);
        if (!IsLargeUpdate && lookup.Codes is { Count: > 0 } codes)
        {
            AddHolders(batch, codes);
            readings.Add(rows.AddHolder);
        }
        if (lookup.Footprint.PaymentCodes.Count > 0)
        {
            batch.Add("certificate_load_by_code").With(siteId).With(lookup.Footprint.PaymentCodes.ToArray());
            readings.Add(rows.AddCertificate);
        }
        if (lookup.Footprint.RedemptionIds.Count > 0)
        {
            batch.Add("certificate_load_by_redemption").With(siteId).With(lookup.Footprint.RedemptionIds.ToArray());
            readings.Add(rows.AddCertificate);
        }
    }

    /// <summary>
    /// Loads the named certificates. Those of a large update mostly have neighbouring ids, so that walking the range costs less than
    /// searching for each.
    /// </summary>
    private void AddNamedCertificates(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (lookup.Footprint.CertificateIds.Count == 0)
            return;
        long[] ids = [.. lookup.Footprint.CertificateIds.Order()];
        var (first, last) = (ids[0], ids[^1]);
        if (IsLargeUpdate && (Int128)last - first < MostRowsToWalk * ids.Length)
        {
            batch.Add("certificate_load_range").With(siteId).With(first).With(last);
            rows.Certificates.EnsureCapacity(ids.Length);
            var code = new byte[PostgresColumns.MostBytesOfCode];
            readings.Add(row => rows.AddCertificateIfNamed(row, lookup, code));
        }
        else
        {
            batch.Add("certificate_load").With(siteId).With(ids);
            readings.Add(rows.AddCertificate);
        }
    }

    private void AddRedemptions(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (lookup.Footprint.RedemptionIds.Count > 0)
        {
            batch.Add("redemption_load").With(siteId).With(lookup.Footprint.RedemptionIds.ToArray());
            readings.Add(rows.AddRedemption);
        }
        if (lookup.PaymentsById.Count > 0)
        {
            batch.Add("redemption_load_live").With(siteId)
                .WithColumn(lookup.PaymentsById, payment => payment.CertificateId)
                .WithColumn(lookup.PaymentsById, payment => payment.Reference);
            readings.Add(rows.AddRedemption);
        }
        if (lookup.PaymentsByCode.Count > 0)
        {
            batch.Add("redemption_load_live_by_code").With(siteId)
                .WithColumn(lookup.PaymentsByCode, payment => payment.FoldedCode)
                .WithColumn(lookup.PaymentsByCode, payment => payment.Reference);
            readings.Add(rows.AddRedemption);
        }
    }

    private void AddOverdueHolds(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        batch.Add("redemption_load_overdue").With(siteId).With(now).With(LedgerContents.MaxOverdueHolds);
        readings.Add(rows.AddOverdueHold);
    }

    private void AddBatches(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (lookup.Footprint.BatchIds.Count == 0)
            return;
        batch.Add("batch_load").With(siteId).With(lookup.Footprint.BatchIds.ToArray());
        readings.Add(rows.AddBatch);
    }

    private void AddKeys(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (lookup.Keys.Count == 0)
            return;
        batch.Add("idempotency_record_get").With(siteId)
            .WithColumn(lookup.Keys, key => key.Actor).WithColumn(lookup.Keys, key => key.Key.Text);
        readings.Add(rows.AddRecord);
    }

    private void AddAccess(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readings)
    {
        if (!lookup.Footprint.Access)
            return;
        // A second lock, always taken after the first: an administrator of one site may create a token for another site.
        batch.Add("access_version_lock").With(PostgresAccess.AllSites);
        readings.Add(static _ => { });
        batch.Add("access_sites");
        readings.Add(rows.AddSite);
        batch.Add("access_tokens");
        readings.Add(rows.AddToken);
    }

    private static async Task ReadAllAsync(NpgsqlDataReader row, Action<NpgsqlDataReader> read)
    {
        while (await row.ReadAsync(CancellationToken.None))
            read(row);
    }
}
