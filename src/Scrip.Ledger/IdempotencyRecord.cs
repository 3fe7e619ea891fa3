namespace Scrip.Ledger;

/// <summary>What is remembered of a write that came with a key, in the same transaction as the write, for ever.</summary>
/// <param name="Fingerprint">SHA-256 of the request.</param>
/// <param name="Receipt">What the request itself does not say of its outcome; see <see cref="Command{TOutcome}"/>.</param>
/// <param name="TraceId">The trace of the first request, because a refusal names it and a replay has the same bytes.</param>
public sealed record IdempotencyRecord(
    long Actor,
    IdempotencyKey Key,
    ReadOnlyMemory<byte> Fingerprint,
    ReadOnlyMemory<byte> Receipt,
    string TraceId,
    DateTimeOffset CreatedAt);

/// <summary>The key a caller gave a write, with the fingerprint of the request it stood on.</summary>
public sealed record RequestIdentity(IdempotencyKey Key, ReadOnlyMemory<byte> Fingerprint, string TraceId);
