using Scrip.Ledger;

namespace Scrip.Storage.Pipeline;

/// <summary>A command on its way through the pipeline, and the promise of its answer.</summary>
internal sealed class PendingWrite(Command command, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<WriteAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Command Command { get; } = command;
    public Task<WriteAnswer> Answer => answer.Task;

    /// <summary>What it counts for in the bounds of queue and group.</summary>
    public int Weight { get; } = Math.Max(command.Weight, 1);

    /// <summary>It was to be refused where something was presumed, which is decided again with everything looked up.</summary>
    public bool IsToBeLookedUp { get; set; }

    /// <summary>The caller has gone before its write was begun: it is dropped. Once begun, a write is never cancelled.</summary>
    public bool DropIfCancelled() => cancellationToken.IsCancellationRequested && answer.TrySetCanceled(cancellationToken);

    public void Succeed(WriteAnswer decided) => answer.SetResult(decided);

    public void Fail(Exception fault) => answer.SetException(fault);
}
