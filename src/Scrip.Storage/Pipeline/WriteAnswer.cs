namespace Scrip.Storage.Pipeline;

/// <summary>The result of a write.</summary>
/// <param name="Outcome">The outcome of the command; null if its key was used for another request.</param>
/// <param name="IsReplay">Whether the outcome is that of the first request with this key.</param>
/// <param name="TraceId">The trace of the request that was decided; null if the caller gave no key.</param>
public sealed record WriteAnswer(object? Outcome, bool IsReplay, string? TraceId)
{
    public static readonly WriteAnswer KeyReused = new(null, IsReplay: false, TraceId: null);
}
