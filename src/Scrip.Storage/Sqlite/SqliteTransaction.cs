using Microsoft.Data.Sqlite;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// A write: everything that its footprint names is read by key, and everything that the state has collected is written by key, each with a
/// prepared statement. Inside the process that is faster than any set-based statement, as there are no round trips to save.
/// </summary>
internal sealed class SqliteTransaction : ILedgerTransaction
{
    /// <summary>The row of <c>access_version</c> for all sites; no site has this id.</summary>
    public const long AllSites = 0;

    private readonly SqliteSession session;
    private readonly Action onBroken;
    private readonly List<(long SiteId, LedgerState State)> parts = [];
    private bool presumesNew;

    /// <summary>No hold of any site runs out before this instant, as far as this transaction has checked.</summary>
    private DateTimeOffset noneOverdueAt = DateTimeOffset.MinValue;

    public SqliteTransaction(SqliteSession session, long siteId, GroupLookup lookup, DateTimeOffset now, Action onBroken)
    {
        this.session = session;
        this.onBroken = onBroken;
        session.Named("transaction_begin").Run();
        try
        {
            State = Join(siteId, lookup, now);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public LedgerState State { get; }

    public LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        presumesNew |= lookup.PresumesNew;
        var loading = new SqliteLoading(session, siteId, lookup);
        var state = new LedgerState(IsAnyOverdue(now) ? loading.LoadWithOverdue(now) : loading.Load());
        parts.Add((siteId, state));
        return state;
    }

    public void Commit()
    {
        Write();
        try
        {
            session.Named("transaction_commit").Run();
        }
        catch (StorageException fault) when (fault.Fault == StorageFault.Unavailable)
        {
            // The write-ahead log may contain the whole transaction although forcing it to the disk failed.
            onBroken();
            throw new StorageException(StorageFault.OutcomeUnknown, "The disk failed while a write was being made durable.", fault);
        }
        catch (Exception fault) when (fault is not (StorageException or SqliteException))
        {
            // The failure may have happened before or after SQLite committed.
            onBroken();
            throw new StorageException(StorageFault.OutcomeUnknown, "A commit failed inside this process.", fault);
        }
    }

    /// <summary>
    /// Rolls back what is not committed. The next transaction gets a new session unless this one is known to be clean: closing a session
    /// rolls back what it leaves open.
    /// </summary>
    public void Dispose()
    {
        if (session.IsIdle)
            return;
        try
        {
            session.Named("transaction_rollback").Run();
        }
#pragma warning disable CA1031 // What is known of the session is that nobody may use it again.
        catch (Exception)
#pragma warning restore CA1031
        {
            onBroken();
            return;
        }
        if (!session.IsIdle)
            onBroken();
    }

    /// <summary>
    /// Whether any site has an overdue hold. Usually none has, and then the sites that share a commit need not be checked one by one.
    /// </summary>
    private bool IsAnyOverdue(DateTimeOffset now)
    {
        if (now <= noneOverdueAt)
            return false;
        var row = session.Named("redemption_overdue_sites").Bind(1, now);
        var isAny = row.Step();
        row.Reset();
        if (!isAny)
            noneOverdueAt = now;
        return isAny;
    }

    private void Write()
    {
        try
        {
            foreach (var (siteId, state) in parts)
                new SqliteWriting(session, siteId).Write(state);
        }
        catch (SqliteException refused)
            when (presumesNew && refused.SqliteExtendedErrorCode is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY)
        {
            throw StorageException.IsNotNew(refused);
        }
    }

    internal static LedgerCounters ReadCounters(SqliteSession session, long siteId)
    {
        var row = session.Named("counter_get").Bind(1, siteId);
        var counters = row.Step() ? new LedgerCounters(row.Integer(0), row.Integer(1), row.Integer(2), row.Integer(3)) : default;
        row.Reset();
        return counters;
    }

    internal static AccessContents ReadAccess(SqliteSession session)
    {
        var sites = new List<Site>();
        for (var row = session.Named("access_sites"); row.Step();)
            sites.Add(new Site(row.Integer(0), row.Text(1), Currency.FromStored(row.Text(2)), row.Text(3), row.Instant(4)));
        var tokens = new List<ApiToken>();
        for (var row = session.Named("access_tokens"); row.Step();)
        {
            tokens.Add(new ApiToken(
                row.Integer(0), row.Integer(1), row.Text(2), StoredNumbers.ToScopes(row.Integer(3)), row.Bytes(4).ToArray(),
                row.Instant(5), row.OptionalInstant(6), row.OptionalInstant(7))
            {
                Retiring = row.OptionalInstant(9) is { } endsAt ? new RetiringSecret(row.Bytes(8).ToArray(), endsAt) : null,
            });
        }
        return new AccessContents(sites, tokens);
    }
}
