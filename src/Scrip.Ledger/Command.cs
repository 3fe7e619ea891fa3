namespace Scrip.Ledger;

/// <summary>A write somebody asked for. Valid by itself; whether it may happen is decided against the state of its site.</summary>
public abstract record Command
{
    public required long SiteId { get; init; }

    /// <summary>The token that asked; <see cref="Access.Actors"/> names the two that are no tokens.</summary>
    public required long Actor { get; init; }

    /// <summary>Null when the caller gave no <c>Idempotency-Key</c>: then a retry is a new write.</summary>
    public RequestIdentity? Identity { get; init; }

    /// <summary>How many items it writes, so that the pipeline can bound its groups and its queue.</summary>
    public virtual int Weight => 1;

    /// <summary>Names everything the decision will look at, so that one query loads and locks it.</summary>
    public abstract void AddTo(Footprint footprint);

    /// <summary>Decides, changes the state accordingly, and says what to remember where the caller gave a key.</summary>
    public abstract Applied ApplyTo(LedgerState state, DateTimeOffset now);

    /// <summary>The outcome that this same command had before.</summary>
    public abstract object Recall(ReadOnlyMemory<byte> receipt);
}

/// <summary>
/// A command with its kind of outcome. The same request and the receipt give the same outcome again, so a receipt holds only what the
/// request does not already say: of a bulk call that created 100,000 certificates, the first id.
/// </summary>
public abstract record Command<TOutcome> : Command
    where TOutcome : notnull
{
    /// <summary>The rule: pure, so that it can be tested as a table and run again by anyone.</summary>
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
    /// False for an outcome that a retry with the same key is not to get again, but to be decided anew; never where something is changed.
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

/// <param name="Receipt">Null where nothing is to be remembered.</param>
public readonly record struct Applied(object Outcome, ReadOnlyMemory<byte>? Receipt, bool HasChanges);

/// <summary>What a command comes to, and what it changes.</summary>
public readonly record struct Decision<TOutcome>(TOutcome Outcome, Changes Changes);
