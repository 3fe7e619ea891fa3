namespace Scrip.Ledger;

/// <summary>What is remembered of a write with a key. It is stored in the transaction of the write and kept for ever.</summary>
/// <param name="Fingerprint">SHA-256 of the request.</param>
/// <param name="Receipt">What the request itself does not say about its outcome; see <see cref="Command{TOutcome}"/>.</param>
/// <param name="TraceId">The trace of the first request. A refusal contains it, and a replay must have the same bytes.</param>
public sealed record IdempotencyRecord(
    long Actor,
    IdempotencyKey Key,
    ReadOnlyMemory<byte> Fingerprint,
    ReadOnlyMemory<byte> Receipt,
    string TraceId,
    DateTimeOffset CreatedAt);

/// <summary>The idempotency key of a write, with the fingerprint of its request.</summary>
public sealed record RequestIdentity(IdempotencyKey Key, ReadOnlyMemory<byte> Fingerprint, string TraceId);
