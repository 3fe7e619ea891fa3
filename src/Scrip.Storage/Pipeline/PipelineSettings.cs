namespace Scrip.Storage.Pipeline;

/// <param name="MaxQueuedItems">
/// Certificates in commands that wait, and as many again in those too large for a group; a command beyond it is refused at once.
/// </param>
/// <param name="MaxGroupItems">Certificates in the commands of one transaction; a larger command is a transaction of its own.</param>
public sealed record PipelineSettings(int MaxQueuedItems = 400_000, int MaxGroupItems = 1_000);
