using Npgsql;
using Scrip.Storage;
using Scrip.Storage.Postgres;

namespace Scrip.Tests.Storage;

/// <summary>Who awaited the driver on the thread that waits for all sockets does not go on there (docs/decisions/0024).</summary>
public sealed class SocketsThreadTests
{
    [Fact]
    public async Task After_an_answer_a_read_goes_on_in_the_thread_pool() =>
        Assert.True(await IsInPoolAfterAsync(answer => answer.SetResult(1)));

    [Fact]
    public async Task After_a_fault_too() =>
        Assert.True(await IsInPoolAfterAsync(answer => answer.SetException(new NpgsqlException("The connection broke."))));

    private static async Task<bool> IsInPoolAfterAsync(Action<TaskCompletionSource<int>> tell)
    {
        // Like a socket of scrip serve: whoever waits goes on on the thread that tells him.
        var answer = new TaskCompletionSource<int>();
        var reading = await Task.Run(() => Task.FromResult(ReadAsync(answer.Task)));
        var sockets = new Thread(() => tell(answer));
        sockets.Start();
        sockets.Join();
        return await reading;
    }

    private static async Task<bool> ReadAsync(Task<int> answer)
    {
        try
        {
            await PostgresFaults.GuardAsync(() => answer);
        }
        catch (StorageException)
        {
        }
        return Thread.CurrentThread.IsThreadPoolThread;
    }
}
