using Npgsql;
using Scrip.Ledger;

namespace Scrip.Storage.Postgres;

/// <summary>
/// A write in two round trips: begin, lock and load; write and commit. It begins with the lock on the site's counter row, so that no other
/// writer of the site, on whatever server, is between its own load and commit meanwhile: what was loaded holds until the commit.
/// </summary>
internal sealed class PostgresTransaction : ILedgerTransaction
{
    private readonly PostgresWriter writer;
    private readonly NpgsqlConnection connection;
    private readonly long siteId;
    private readonly bool presumesNew;
    private bool isOpen;

    public PostgresTransaction(PostgresWriter writer, long siteId, Footprint footprint, DateTimeOffset now)
    {
        this.writer = writer;
        this.siteId = siteId;
        presumesNew = footprint.PresumesNew;
        connection = writer.Connect();
        var loading = new PostgresLoading(connection, siteId, footprint, now) { PlansAnew = writer.HasOldPlans };
        isOpen = true;
        State = new LedgerState(writer.Guard(() => loading.Load() ?? LoadInNewSite(loading)));
        writer.NotePlanned();
        NoteSize();
    }

    public LedgerState State { get; }

    public void Commit()
    {
        try
        {
            Write();
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            isOpen = true;
            if (presumesNew)
                throw StorageException.IsNotNew(refused);
            throw;
        }
        NoteSize();
    }

    public void Dispose()
    {
        if (!isOpen)
            return;
        isOpen = false;
        try
        {
            using var rollback = new NpgsqlCommand(PostgresStatements.Text("transaction_rollback"), connection);
            rollback.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // A transaction whose connection is gone is rolled back by the server.
            writer.Abandon();
        }
    }

    private void Write()
    {
        using var batch = new NpgsqlBatch(connection);
        if (!PostgresCopy.IsWorthwhile(State.Created) && !PostgresCopy.IsWorthwhile(State.Updated))
            batch.Timeout = PostgresSettings.GroupTimeoutSeconds;
        isOpen = false;
        writer.Guard(() =>
        {
            new PostgresWriting(batch, siteId).Add(State);
            return batch.Add("transaction_commit");
        });
        writer.Commit(batch);
    }

    private void NoteSize() => writer.NoteSize(State.LastCertificateId + State.LastEntryId + State.LastRedemptionId);

    /// <summary>The first write of a site makes its counter row: nobody can lock a row that is not there.</summary>
    private LedgerContents LoadInNewSite(PostgresLoading loading)
    {
        Dispose();
        using var add = new NpgsqlBatch(connection);
        add.Add("counter_add").With(siteId);
        add.ExecuteNonQuery();
        isOpen = true;
        return loading.Load() ?? throw new InvalidOperationException("The counter row that was just made is not there.");
    }
}
