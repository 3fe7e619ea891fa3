namespace Scrip.Storage.Postgres;

/// <summary>
/// Keeps the reading code off the runtime's threads that receive for all sockets. In <c>scrip serve</c> the driver completes its tasks on
/// such a thread: code that continued there and waited for more bytes would wait for itself and stop the whole server
/// (docs/decisions/0024-sockets-with-postgresql.md).
/// </summary>
internal sealed class ThreadPoolContext : SynchronizationContext
{
    private static readonly ThreadPoolContext Instance = new();

    private ThreadPoolContext()
    {
    }

    /// <summary>
    /// Runs a step so that all of its continuations, and those of the returned task, run on the thread pool. The driver itself ignores the
    /// context: only its own code, which never blocks in an asynchronous call, continues on the sockets' threads.
    /// </summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> step)
    {
        // The caller gets its own context back: the runtime restores it when an asynchronous method first returns.
        SetSynchronizationContext(Instance);
        try
        {
            return await step();
        }
        finally
        {
            // Without this, the caller's continuation would not run here but would be queued to the thread pool once more.
            SetSynchronizationContext(null);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work =>
            {
                SetSynchronizationContext(Instance);
                try
                {
                    work.Callback(work.State);
                }
                finally
                {
                    SetSynchronizationContext(null);
                }
            },
            (Callback: d, State: state),
            preferLocal: false);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing may wait synchronously on this context.");

    public override SynchronizationContext CreateCopy() => this;
}
