using Scrip.Ledger;

namespace Scrip.Server.Writes;

/// <summary>A command and what it came to.</summary>
/// <param name="Outcome">Null where the command's key had been used for another request.</param>
/// <param name="IsReplay">Whether the outcome is the one that the first request with this key had.</param>
/// <param name="TraceId">Of the request that was decided; null when the caller gave no key.</param>
internal readonly record struct Written<TOutcome>(Command<TOutcome> Command, TOutcome? Outcome, bool IsReplay, string? TraceId)
    where TOutcome : class;
