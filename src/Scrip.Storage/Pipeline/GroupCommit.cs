using System.Collections.Concurrent;
using Scrip.Ledger;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Pipeline;

/// <summary>Decides and commits what was taken from the queue, and gives every caller an answer, whatever goes wrong.</summary>
/// <param name="clock">Tells the time in the precision that is stored.</param>
internal sealed class GroupCommit(ILedgerWriter store, WriteQueue queue, Func<DateTimeOffset> clock)
{
    private const int MaxAttempts = 3;

    /// <summary>
    /// Sites whose last group had a retry, such as after an outage, when everybody sends everything again: their next group presumes
    /// nothing.
    /// </summary>
    private readonly ConcurrentDictionary<long, bool> sitesWithRetries = new();

    /// <summary>
    /// Where the store lets sites share a commit, they share the cost of forcing it to the disk. Whatever goes wrong with one of them then,
    /// nothing was written of any, and each is run by itself: a site that fails does not take others with it.
    /// </summary>
    public void Run(IReadOnlyList<IReadOnlyList<PendingWrite>> groups)
    {
        var alone = store.SharesCommits && groups.Count > 1 ? CommitTogether(groups) : groups;
        foreach (var group in alone)
            CommitGroup(group);
    }

    /// <summary>Returns what has to be run by itself.</summary>
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

        // Sites and tokens concern all sites: they are not decided beside anything else.
        static bool IsToShare(SiteGroup group) => !group.Footprint.Access;
    }

    /// <summary>Throws when nothing was stored. Whether something was is found out write by write.</summary>
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

    /// <summary>What would be refused on a presumption goes back to the queue: the next group looks everything up.</summary>
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
        if (group.Footprint.PresumesNew)
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
    /// Holds that have run out end before anything is decided. When there are very many, as after a long standstill, they end in
    /// transactions before that of the group.
    /// </summary>
    private ILedgerTransaction Begin(SiteGroup group, DateTimeOffset now)
    {
        while (true)
        {
            var transaction = store.Begin(group.SiteId, group.Footprint, now);
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
        var state = transaction.Join(group.SiteId, group.Footprint, now);
        return EndHolds(state, now)
            ? state
            : throw new StorageException(StorageFault.Interrupted, "A site has to end its holds before it can share a commit.");
    }

    /// <summary>Returns false when there may be more to end.</summary>
    private static bool EndHolds(LedgerState state, DateTimeOffset now)
    {
        var ended = ExpireHolds.Of(state.SiteId).ApplyTo(state, now);
        // Where none of them could end, another look would find the same ones.
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

    /// <summary>A command that fails must not take its neighbours with it: they are run again, each by itself.</summary>
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
    /// After a commit whose outcome is not known: a command with a key is sent again, and finds its own record or happens now. One without
    /// could happen twice, so its caller is told. So is the caller of the other when finding out fails as well.
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
