namespace Scrip.Storage.Pipeline;

/// <param name="MaxQueuedItems">
/// How many certificates the waiting commands may contain, and as many again in commands that are too large for a group. A command beyond
/// the limit is refused at once.
/// </param>
/// <param name="MaxGroupItems">
/// How many certificates the commands of one transaction may contain; a larger command gets its own transaction.
/// </param>
public sealed record PipelineSettings(int MaxQueuedItems = 400_000, int MaxGroupItems = 1_000);
