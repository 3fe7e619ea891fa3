using Scrip.Storage.Postgres;

namespace Scrip.Tests.Storage;

/// <summary>
/// Code that awaits the driver does not continue on the thread that receives for all sockets
/// (docs/decisions/0024-sockets-with-postgresql.md).
/// </summary>
public sealed class ThreadPoolContextTests
{
    [Fact]
    public Task After_an_answer_a_read_and_its_caller_continue_in_the_thread_pool() => ContinuesInPoolAsync(answer => answer.SetResult(1));

    [Fact]
    public Task After_a_fault_too() => ContinuesInPoolAsync(answer => answer.SetException(new TimeoutException()));

    [Fact]
    public void The_caller_keeps_its_own_context()
    {
        var before = SynchronizationContext.Current;
        _ = ThreadPoolContext.RunAsync(() => new TaskCompletionSource<int>().Task);
        Assert.Same(before, SynchronizationContext.Current);
    }

    private static async Task ContinuesInPoolAsync(Action<TaskCompletionSource<int>> complete)
    {
        // Like a socket of scrip serve: code that awaits it continues on the thread that completes it.
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var threads = new List<bool>();
        var reading = Task.Run(async () =>
        {
            try
            {
                await ThreadPoolContext.RunAsync(async () =>
                {
                    await first.Task;
                    threads.Add(Thread.CurrentThread.IsThreadPoolThread);
                    return await second.Task;
                });
            }
            catch (TimeoutException)
            {
            }
            threads.Add(Thread.CurrentThread.IsThreadPoolThread);
        });
        CompleteOnOtherThread(() => first.SetResult(1));
        CompleteOnOtherThread(() => complete(second));
        await reading;
        Assert.Equal([true, true], threads);
    }

    private static void CompleteOnOtherThread(ThreadStart complete)
    {
        var sockets = new Thread(complete);
        sockets.Start();
        sockets.Join();
    }
}
