namespace Scrip.Ledger;

/// <summary>A requested write. A command is valid by itself; whether it may happen is decided against the state of its site.</summary>
public abstract record Command
{
    public required Origin Origin { get; init; }

    public long SiteId => Origin.SiteId;
    public long Actor => Origin.Actor;
    public RequestIdentity? Identity => Origin.Identity;

    /// <summary>How many items the command writes, which lets the pipeline bound its groups and its queue.</summary>
    public virtual int Weight => 1;

    /// <summary>Adds everything that the decision will look at, so that the store can load and lock it at once.</summary>
    public abstract void AddTo(Footprint footprint);

    /// <summary>Decides, changes the state accordingly, and returns what to remember if the caller gave a key.</summary>
    public abstract Applied ApplyTo(LedgerState state, DateTimeOffset now);

    /// <summary>Restores the outcome that this command had the first time.</summary>
    public abstract object Recall(ReadOnlyMemory<byte> receipt);
}

/// <summary>
/// A command with its type of outcome. The same request and receipt give the same outcome again, so a receipt holds only what the request
/// does not already say. For a bulk call that created 100,000 certificates that is the first id.
/// </summary>
public abstract record Command<TOutcome> : Command
    where TOutcome : notnull
{
    /// <summary>The rule of the command. It is pure, so that tests can check it as a table.</summary>
    public abstract Decision<TOutcome> Decide(LedgerState state, DateTimeOffset now);

    public sealed override Applied ApplyTo(LedgerState state, DateTimeOffset now)
    {
        var (outcome, changes) = Decide(state, now);
        state.Record(changes);
        return new Applied(
            outcome, Identity is not null && IsRemembered(outcome) ? Receipt(outcome) : (ReadOnlyMemory<byte>?)null, !changes.AreNone);
    }

    public sealed override object Recall(ReadOnlyMemory<byte> receipt)
    {
        using var reader = new BinaryReader(new MemoryStream(receipt.ToArray(), writable: false));
        return ReadReceipt(reader);
    }

    /// <summary>
    /// False for an outcome that a retry with the same key must not repeat but decide anew. Never false if something was changed.
    /// </summary>
    protected virtual bool IsRemembered(TOutcome outcome) => true;

    protected abstract void WriteReceipt(TOutcome outcome, BinaryWriter receipt);

    protected abstract TOutcome ReadReceipt(BinaryReader receipt);

    private byte[] Receipt(TOutcome outcome)
    {
        using var buffer = new MemoryStream();
        using (var receipt = new BinaryWriter(buffer))
            WriteReceipt(outcome, receipt);
        return buffer.ToArray();
    }
}

/// <summary>Where a command comes from.</summary>
/// <param name="SiteId">The site that it writes.</param>
/// <param name="Actor">The token that made the request, or one of <see cref="Access.Actors"/>.</param>
/// <param name="Identity">
/// Identifies the request by its <c>Idempotency-Key</c>; null without a key, and then a retry is a new write.
/// </param>
public sealed record Origin(long SiteId, long Actor, RequestIdentity? Identity = null);

/// <param name="Receipt">Null if the outcome is not to be remembered.</param>
public readonly record struct Applied(object Outcome, ReadOnlyMemory<byte>? Receipt, bool HasChanges);

/// <summary>The outcome of a command and what it changes.</summary>
public readonly record struct Decision<TOutcome>(TOutcome Outcome, Changes Changes);
