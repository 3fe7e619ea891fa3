using System.Collections.Concurrent;
using Scrip.Ledger;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Pipeline;

/// <summary>Decides and commits what was taken from the queue, and gives every caller an answer, whatever goes wrong.</summary>
/// <param name="clock">Returns the time in the stored precision.</param>
internal sealed class GroupCommit(ILedgerWriter store, WriteQueue queue, Func<DateTimeOffset> clock)
{
    private const int MaxAttempts = 3;

    /// <summary>
    /// Sites whose last group contained a retry, for example after an outage, when every client sends its requests again. Their next group
    /// presumes nothing new.
    /// </summary>
    private readonly ConcurrentDictionary<long, bool> sitesWithRetries = new();

    /// <summary>
    /// Sites share a commit, and so the cost of forcing it to the disk, if the store allows it. If anything goes wrong, nothing was written
    /// for any of them, and each site is run on its own: a failing site does not affect others.
    /// </summary>
    public void Run(IReadOnlyList<IReadOnlyList<PendingWrite>> groups)
    {
        var alone = store.SharesCommits && groups.Count > 1 ? CommitTogether(groups) : groups;
        foreach (var group in alone)
            CommitGroup(group);
    }

    /// <summary>Returns the groups that must run on their own.</summary>
    private IEnumerable<IReadOnlyList<PendingWrite>> CommitTogether(IReadOnlyList<IReadOnlyList<PendingWrite>> groups)
    {
        ILookup<bool, SiteGroup> bySharing;
        try
        {
            bySharing = groups.Select(writes => NewGroup(writes)).ToLookup(IsToShare);
            if (bySharing[true].Any())
                CommitOrFindOut([.. bySharing[true]]);
        }
#pragma warning disable CA1031 // Which site caused it shows when each is run by itself.
        catch (Exception)
#pragma warning restore CA1031
        {
            return groups;
        }
        return bySharing[false].Select(group => group.Writes);

        // Changes of sites and tokens concern all sites, so they are never decided together with anything else.
        static bool IsToShare(SiteGroup group) => !group.Lookup.Footprint.Access;
    }

    /// <summary>Throws if nothing was stored. If the outcome is unknown, it is found out for each write.</summary>
    private void CommitOrFindOut(IReadOnlyList<SiteGroup> groups)
    {
        try
        {
            Commit(groups);
        }
        catch (StorageException unknown) when (unknown.Fault == StorageFault.OutcomeUnknown)
        {
            foreach (var group in groups)
                Settle(group.Writes, unknown, attempt: 1);
        }
    }

    private void CommitGroup(IReadOnlyList<PendingWrite> group, int attempt = 1)
    {
        try
        {
            Commit([NewGroup(group, isRetried: attempt > 1)]);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers who wait; the writer itself goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Settle(group, fault, attempt);
        }
    }

    /// <summary>
    /// Commits the groups. Writes that would be refused on a presumption return to the queue, and their next group looks everything up.
    /// </summary>
    private void Commit(IReadOnlyList<SiteGroup> groups)
    {
        var now = clock();
        using (var transaction = Begin(groups[0], now))
        {
            var hasChanges = groups[0].Decide(transaction.State, now);
            for (var at = 1; at < groups.Count; at++)
                hasChanges |= groups[at].Decide(Join(transaction, groups[at], now), now);
            if (hasChanges)
                transaction.Commit();
        }
        foreach (var group in groups)
        {
            NoteRetries(group);
            Return(group.Answer());
        }
    }

    private SiteGroup NewGroup(IReadOnlyList<PendingWrite> writes, bool isRetried = false) =>
        new(writes, presumesNew: !isRetried && !sitesWithRetries.ContainsKey(writes[0].Command.SiteId));

    private void NoteRetries(SiteGroup group)
    {
        if (group.Lookup.PresumesNew)
            return;
        if (group.HasReplay)
            sitesWithRetries[group.SiteId] = true;
        else
            sitesWithRetries.TryRemove(group.SiteId, out _);
    }

    private void Return(IReadOnlyList<PendingWrite> undecided)
    {
        foreach (var write in undecided)
            write.IsToBeLookedUp = true;
        queue.Return(undecided);
    }

    /// <summary>
    /// Ends overdue holds before anything is decided. If there are very many, as after a long standstill, they end in separate transactions
    /// before that of the group.
    /// </summary>
    private ILedgerTransaction Begin(SiteGroup group, DateTimeOffset now)
    {
        while (true)
        {
            var transaction = store.Begin(group.SiteId, group.Lookup, now);
            try
            {
                if (EndHolds(transaction.State, now))
                    return transaction;
                transaction.Commit();
            }
            catch
            {
                transaction.Dispose();
                throw;
            }
            transaction.Dispose();
        }
    }

    private static LedgerState Join(ILedgerTransaction transaction, SiteGroup group, DateTimeOffset now)
    {
        var state = transaction.Join(group.SiteId, group.Lookup, now);
        return EndHolds(state, now)
            ? state
            : throw new StorageException(StorageFault.Interrupted, "A site has to end its holds before it can share a commit.");
    }

    /// <summary>Returns false if there may be more holds to end.</summary>
    private static bool EndHolds(LedgerState state, DateTimeOffset now)
    {
        var ended = ExpireHolds.Of(state.SiteId).ApplyTo(state, now);
        // If none of them could end, another attempt would find the same ones.
        return !state.HasMoreOverdueHolds || !ended.HasChanges;
    }

    private void Settle(IReadOnlyList<PendingWrite> group, Exception fault, int attempt)
    {
        switch ((fault as StorageException)?.Fault)
        {
            case StorageFault.Interrupted when attempt < MaxAttempts:
                CommitGroup(group, attempt + 1);
                break;
            case StorageFault.OutcomeUnknown:
                foreach (var write in group)
                    FindOut(write, fault);
                break;
            case StorageFault.Interrupted or StorageFault.Unavailable or StorageFault.Busy:
                foreach (var write in group)
                    write.Fail(fault);
                break;
            default:
                SettleOneByOne(group, fault);
                break;
        }
    }

    /// <summary>Runs each command of a failed group on its own: a failing command must not affect its neighbours.</summary>
    private void SettleOneByOne(IReadOnlyList<PendingWrite> group, Exception fault)
    {
        if (group is [var single])
        {
            single.Fail(fault);
            return;
        }
        foreach (var write in group)
            CommitGroup([write]);
    }

    /// <summary>
    /// Handles a commit whose outcome is unknown. A command with a key is run again: it finds its own record or happens now. A command
    /// without a key might happen twice, so its caller gets the unknown outcome; so does every caller if finding out fails as well.
    /// </summary>
    private void FindOut(PendingWrite write, Exception unknown)
    {
        if (write.Command.Identity is null)
        {
            write.Fail(unknown);
            return;
        }
        try
        {
            Commit([new SiteGroup([write], presumesNew: false)]);
        }
#pragma warning disable CA1031 // The first commit may have been carried out: that the second failed says nothing about it.
        catch (Exception)
#pragma warning restore CA1031
        {
            write.Fail(unknown);
        }
    }
}
