namespace Scrip.Storage.Pipeline;

/// <summary>What became of a write.</summary>
/// <param name="Outcome">The command's own outcome; null when its key had been used for another request.</param>
/// <param name="IsReplay">The outcome is the one that the first request with this key had.</param>
/// <param name="TraceId">Of the request that was decided; null when the caller gave no key.</param>
public sealed record WriteAnswer(object? Outcome, bool IsReplay, string? TraceId)
{
    public static readonly WriteAnswer KeyReused = new(null, IsReplay: false, TraceId: null);
}
