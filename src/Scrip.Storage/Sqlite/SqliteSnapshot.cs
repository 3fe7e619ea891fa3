using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Ledger.Reports;
using Scrip.Storage.Reads;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// One read transaction over the whole ledger of a site. While it is open, the write-ahead log cannot be trimmed past it.
/// </summary>
internal sealed class SqliteSnapshot : ILedgerSnapshot
{
    private readonly ScanThreads threads;
    private readonly SqliteSession session;
    private readonly long siteId;
    private readonly Action<SqliteSession> giveBack;
    private readonly CancellationToken cut;

    public SqliteSnapshot(ScanThreads threads, SqliteSession session, long siteId, Action<SqliteSession> giveBack, CancellationToken cut)
    {
        this.threads = threads;
        this.session = session;
        this.siteId = siteId;
        this.giveBack = giveBack;
        this.cut = cut;
        session.Named("snapshot_begin").Run();
    }

    public ValueTask<LedgerCounters> ReadCountersAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(SqliteTransaction.ReadCounters(session, siteId));

    public ValueTask<IRows<Certificate>> ReadCertificatesAsync(CancellationToken cancellationToken) =>
        Rows(() => session.Named("snapshot_certificates"), SqliteColumns.Certificate);

    public ValueTask<IRows<Batch>> ReadBatchesAsync(CancellationToken cancellationToken) =>
        Rows(() => session.Named("snapshot_batches"), SqliteColumns.Batch);

    public ValueTask<IRows<Entry>> ReadEntriesAsync(CancellationToken cancellationToken) =>
        Rows(() => session.Named("snapshot_entries"), SqliteColumns.Entry);

    public ValueTask<IRows<Redemption>> ReadRedemptionsAsync(CancellationToken cancellationToken) =>
        Rows(() => session.Named("snapshot_redemptions"), SqliteColumns.Redemption);

    public ValueTask<IRows<FoldedCode>> ReadFoldedCodesAsync(CancellationToken cancellationToken) =>
        Rows(
            () => session.Named("snapshot_folded_codes"),
            static row => new FoldedCode(
                row.Integer(0), row.OptionalText(1) is { } code ? CertificateCode.FromStored(code) : null, row.Text(2)));

    public ValueTask DisposeAsync()
    {
        try
        {
            session.Named("transaction_rollback").Run();
        }
        finally
        {
            giveBack(session);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing is read ahead: once the rows are disposed, the connection is free.</summary>
    private ValueTask<IRows<TRow>> Rows<TRow>(Func<SqliteStatement> statement, Func<SqliteStatement, TRow> read) =>
        ValueTask.FromResult<IRows<TRow>>(new SqliteRows<TRow>(
            threads, siteId, () => (session, statement().Bind(1, siteId)), static (_, ended) => ended.Reset(),
            ended: static () => { }, new SqliteBatch<TRow>(read), ahead: null, cut));
}
