namespace Scrip.Storage.Postgres;

/// <summary>
/// A thread of its own for the steps of a writer, which block inside the driver: whoever waits for one can go on without it when the
/// database no longer answers (<see cref="PostgresHeartbeat"/>). Nothing ends such a step before its own time limit.
/// </summary>
internal sealed class PostgresSteps
{
    private readonly object gate = new();

    /// <summary>Null ends the thread.</summary>
    private readonly Queue<Action?> steps = new();

    public PostgresSteps() => new Thread(Run) { Name = "Scrip session", IsBackground = true }.Start();

    /// <summary>Runs a step after those before it, whether somebody waits for it or not.</summary>
    public Task<T> RunAsync<T>(Func<T> step)
    {
        var result = new TaskCompletionSource<T>();
        Add(() =>
        {
            try
            {
                result.SetResult(step());
            }
#pragma warning disable CA1031 // It belongs to the one who waits.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                result.SetException(fault);
            }
        });
        return result.Task;
    }

    /// <summary>Ends the thread after the steps that it was given.</summary>
    public void End() => Add(null);

    private void Add(Action? step)
    {
        lock (gate)
        {
            steps.Enqueue(step);
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (Take() is { } step)
            step();
    }

    private Action? Take()
    {
        lock (gate)
        {
            Action? step;
            while (!steps.TryDequeue(out step))
                Monitor.Wait(gate);
            return step;
        }
    }
}
