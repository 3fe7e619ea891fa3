using Scrip.Ledger;

namespace Scrip.Storage.Pipeline;

/// <summary>Commands of one site that are decided one after another and committed together.</summary>
internal sealed class SiteGroup
{
    private readonly IReadOnlyList<PendingWrite> writes;
    private readonly WriteAnswer?[] answers;

    /// <param name="presumesNew">See <see cref="GroupLookup.PresumesNew"/>.</param>
    public SiteGroup(IReadOnlyList<PendingWrite> writes, bool presumesNew)
    {
        this.writes = writes;
        answers = new WriteAnswer?[writes.Count];
        var footprint = new Footprint();
        foreach (var write in writes)
        {
            write.Command.AddTo(footprint);
            if (write.Command.Identity is { } identity)
                footprint.AddKey(write.Command.Actor, identity.Key);
        }
        Lookup = new GroupLookup(footprint, presumesNew && !writes.Any(write => write.IsToBeLookedUp));
    }

    public long SiteId => writes[0].Command.SiteId;
    public IReadOnlyList<PendingWrite> Writes => writes;
    public GroupLookup Lookup { get; }
    public bool HasReplay => answers.Any(answer => answer is { IsReplay: true });

    /// <summary>
    /// Returns whether there is something to commit. A replay needs the commit too, which confirms the record that it found.
    /// </summary>
    public bool Decide(LedgerState state, DateTimeOffset now)
    {
        for (var at = 0; at < answers.Length; at++)
            answers[at] = DecideOne(state, writes[at].Command, now, Lookup.HasPresumed);
        return state.HasChanges || HasReplay;
    }

    /// <summary>
    /// Completes the decided commands. Returns those that would have been refused on a presumption and must be decided again with
    /// everything looked up.
    /// </summary>
    public IReadOnlyList<PendingWrite> Answer()
    {
        var undecided = new List<PendingWrite>();
        for (var at = 0; at < answers.Length; at++)
        {
            if (answers[at] is { } answer)
                writes[at].Succeed(answer);
            else
                undecided.Add(writes[at]);
        }
        return undecided;
    }

    /// <summary>
    /// Decides one command. What is remembered under its key comes before every rule. Null when a refusal rests on an unverified
    /// presumption: it writes nothing, so no unique key would expose it as the retry of a payment that was made.
    /// </summary>
    private static WriteAnswer? DecideOne(LedgerState state, Command command, DateTimeOffset now, bool hasPresumed)
    {
        if (command.Identity is { } known && state.Recall(command.Actor, known.Key) is { } record)
        {
            return record.Fingerprint.Span.SequenceEqual(known.Fingerprint.Span)
                ? new WriteAnswer(command.Recall(record.Receipt), IsReplay: true, record.TraceId)
                : WriteAnswer.KeyReused;
        }
        var applied = command.ApplyTo(state, now);
        if (hasPresumed && !applied.HasChanges)
            return null;
        if (command.Identity is { } identity && applied.Receipt is { } receipt)
            state.Remember(new IdempotencyRecord(command.Actor, identity.Key, identity.Fingerprint, receipt, identity.TraceId, now));
        return new WriteAnswer(applied.Outcome, IsReplay: false, command.Identity?.TraceId);
    }
}
