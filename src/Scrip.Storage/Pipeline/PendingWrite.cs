using Scrip.Ledger;

namespace Scrip.Storage.Pipeline;

/// <summary>A command on its way through the pipeline, with the promise of its answer.</summary>
internal sealed class PendingWrite(Command command, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<WriteAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Command Command { get; } = command;
    public Task<WriteAnswer> Answer => answer.Task;

    /// <summary>How many items the command counts for in the limits of queue and group; at least 1.</summary>
    public int Weight { get; } = Math.Max(command.Weight, 1);

    /// <summary>
    /// Whether the command would have been refused on a presumption, so that it must be decided again with everything looked up.
    /// </summary>
    public bool IsToBeLookedUp { get; set; }

    /// <summary>Drops the write if its caller left before it began. A write that has begun is never cancelled.</summary>
    public bool DropIfCancelled() => cancellationToken.IsCancellationRequested && answer.TrySetCanceled(cancellationToken);

    public void Succeed(WriteAnswer decided) => answer.SetResult(decided);

    public void Fail(Exception fault) => answer.SetException(fault);
}
