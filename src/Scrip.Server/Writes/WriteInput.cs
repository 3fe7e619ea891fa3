using Scrip.Ledger;
using Scrip.Server.Problems;

namespace Scrip.Server.Writes;

/// <summary>What a write's request holds.</summary>
/// <param name="Refusal">What is wrong with the request; null where everything else can be used.</param>
/// <param name="Versions">From <c>If-Match</c>: null for any.</param>
/// <param name="Identity">Null without an <c>Idempotency-Key</c>.</param>
internal readonly record struct WriteInput<TBody>(
    ProblemResult? Refusal, TBody Body, IReadOnlyList<long>? Versions, RequestIdentity? Identity)
{
    public static implicit operator WriteInput<TBody>(ProblemResult refusal) => new(refusal, default!, null, null);
}
