namespace Scrip.Storage.Postgres;

/// <summary>
/// The thread of the runtime that waits for all sockets. In <c>scrip serve</c> whoever awaits the driver goes on there, and as long as he
/// stays no request is received (docs/decisions/0024-sockets-with-postgresql.md).
/// </summary>
internal static class SocketsThread
{
    /// <summary>To be awaited after the driver was, before anything that takes time: what follows runs on the thread pool.</summary>
    public static ValueTask LeaveAsync() => Thread.CurrentThread.IsThreadPoolThread ? ValueTask.CompletedTask : YieldAsync();

    private static async ValueTask YieldAsync() => await Task.Yield();
}
