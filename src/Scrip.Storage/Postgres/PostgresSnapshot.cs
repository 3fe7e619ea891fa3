using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Ledger.Reports;

namespace Scrip.Storage.Postgres;

/// <summary>One REPEATABLE READ transaction over the whole ledger of a site, on its own connection.</summary>
internal sealed class PostgresSnapshot(PostgresReader reader, PostgresTables tables, long siteId) : ILedgerSnapshot
{
    public static async Task<PostgresSnapshot> BeginAsync(
        PostgresReader reader, PostgresTables tables, long siteId, CancellationToken cancellationToken)
    {
        await reader.RunAsync(
            async connection =>
            {
                await using var begin = new NpgsqlCommand(PostgresStatements.Text("snapshot_begin"), connection);
                return await begin.ExecuteNonQueryAsync(CancellationToken.None);
            },
            cancellationToken);
        return new PostgresSnapshot(reader, tables, siteId);
    }

    public async ValueTask<LedgerCounters> ReadCountersAsync(CancellationToken cancellationToken)
    {
        await using var rows = await RowsAsync(PostgresStatements.Text("counter_get"), PostgresColumns.Counters, cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows.Current : default;
    }

    public ValueTask<IRows<Certificate>> ReadCertificatesAsync(CancellationToken cancellationToken) =>
        RowsAsync(PostgresStatements.Text("snapshot_certificates"), PostgresColumns.Certificate, cancellationToken);

    public ValueTask<IRows<Batch>> ReadBatchesAsync(CancellationToken cancellationToken) =>
        RowsAsync(PostgresStatements.Text("snapshot_batches"), PostgresColumns.Batch, cancellationToken);

    public ValueTask<IRows<Entry>> ReadEntriesAsync(CancellationToken cancellationToken) =>
        RowsAsync(PostgresStatements.Text("snapshot_entries"), PostgresColumns.Entry, cancellationToken);

    public ValueTask<IRows<Redemption>> ReadRedemptionsAsync(CancellationToken cancellationToken) =>
        RowsAsync(PostgresStatements.Text("snapshot_redemptions"), PostgresColumns.Redemption, cancellationToken);

    public ValueTask<IRows<FoldedCode>> ReadFoldedCodesAsync(CancellationToken cancellationToken) => RowsAsync(
        PostgresStatements.Text("snapshot_folded_codes"),
        static row => new FoldedCode(row.GetInt64(0), CertificateCode.FromStored(row.GetString(1)), row.GetString(2)),
        cancellationToken);

    /// <summary>The pool rolls back an open transaction when the connection returns to it.</summary>
    public ValueTask DisposeAsync() => reader.DisposeAsync();

    private ValueTask<IRows<TRow>> RowsAsync<TRow>(
        string statement, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken) =>
        PostgresRows<TRow>.OpenAsync(
            reader, siteId, new ComposedQuery(tables.In(statement), []), read, isLong: true, keepReader: true,
            cancellationToken);
}
