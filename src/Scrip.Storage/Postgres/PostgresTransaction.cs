using Npgsql;
using Scrip.Ledger;

namespace Scrip.Storage.Postgres;

/// <summary>
/// A write in two round trips: begin, lock and load; write and commit. It begins by locking the site's counter row, so that no other writer
/// of the site, on any server, is between its own load and commit: what was loaded stays valid until the commit.
/// </summary>
internal sealed class PostgresTransaction : ILedgerTransaction
{
    private readonly PostgresNodes nodes;
    private readonly PostgresPlace place;
    private readonly PostgresWriter writer;
    private readonly NpgsqlConnection connection;
    private readonly long siteId;
    private readonly bool presumesNew;
    private readonly bool isOfAccessAlone;
    private bool hasEnded;

    public PostgresTransaction(PostgresNodes nodes, long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        this.nodes = nodes;
        this.siteId = siteId;
        presumesNew = lookup.PresumesNew;
        isOfAccessAlone = lookup.Footprint.IsOfAccessAlone;
        place = nodes.FindAsync(siteId, lookup).AsTask().GetAwaiter().GetResult();
        writer = place.Node.Writers.Take();
        try
        {
            connection = writer.Begin();
            var loading = new PostgresLoading(connection, place.Tables, siteId, lookup, now) { PlansAnew = writer.HasOldPlans };
            State = new LedgerState(loading.Load(writer) ?? LoadInNewSite(loading));
        }
        catch (Exception fault)
        {
            DoubtPlaceAfter(fault);
            Dispose();
            throw;
        }
        writer.NotePlanned();
        NoteSize();
    }

    public LedgerState State { get; }

    public LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now) =>
        throw new NotSupportedException("On PostgreSQL each site has its own transaction.");

    public void Commit()
    {
        try
        {
            Write();
        }
        catch (PostgresException refused) when (presumesNew && refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw StorageException.IsNotNew(refused);
        }
        catch (StorageException fault)
        {
            DoubtPlaceAfter(fault);
            throw;
        }
        NoteSize();
    }

    /// <summary>Rolls back what is not committed.</summary>
    public void Dispose()
    {
        if (hasEnded)
            return;
        hasEnded = true;
        writer.RollBack();
        place.Node.Writers.GiveBack(writer);
    }

    private void Write()
    {
        // Not disposed here, because it may still be running when its caller no longer waits.
        var batch = new NpgsqlBatch(connection);
        if (!PostgresCopy.IsWorthwhile(State.Created) && !PostgresCopy.IsWorthwhile(State.Updated))
            batch.Timeout = PostgresSettings.GroupTimeoutSeconds;
        if (PostgresCopy.IsWorthwhile(State.Created) || PostgresCopy.IsWorthwhile(State.Entries))
            writer.GuardBlocking(Fill);
        else
            Fill();
        writer.Commit(batch);
        nodes.NoteEntry(State.NewestEntryAt);

        NpgsqlBatch Fill()
        {
            new PostgresWriting(batch, place.Tables, siteId, isOfAccessAlone).Add(State);
            batch.Add("transaction_commit");
            return place.Tables.Adapt(batch);
        }
    }

    /// <summary>Marks the place in doubt: the site may have moved, or its node may have a new address.</summary>
    private void DoubtPlaceAfter(Exception fault)
    {
        if (fault is StorageException { Fault: not StorageFault.Busy })
            nodes.Doubt(siteId, place);
    }

    private void NoteSize() => writer.NoteSize(State.LastCertificateId + State.LastEntryId + State.LastRedemptionId);

    /// <summary>Creates the counter row in the first write of a site: a missing row cannot be locked.</summary>
    private LedgerContents LoadInNewSite(PostgresLoading loading)
    {
        var add = new NpgsqlBatch(connection);
        add.Add("transaction_rollback");
        add.Add("counter_add").With(siteId);
        writer.Guard(() => place.Tables.Adapt(add).ExecuteNonQueryAsync(CancellationToken.None));
        return loading.Load(writer) ?? throw new InvalidOperationException("The counter row that was just created is missing.");
    }
}
