namespace Scrip.Tests.Support;

/// <summary>The executable on one storage, killed and restarted any number of times. Callers always find the running one.</summary>
public sealed class RestartedScrip : IAsyncDisposable
{
    private readonly string storage;
    private readonly List<ScripProcess> processes = [];
    private volatile TaskCompletionSource<ScripProcess> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RestartedScrip(string storage) => this.storage = storage;

    public static async Task<RestartedScrip> ServeAsync(string storage)
    {
        var scrip = new RestartedScrip(storage);
        await scrip.StartAsync();
        return scrip;
    }

    /// <summary>The client of the running process, or else of the next one.</summary>
    public async Task<HttpClient> ClientAsync() => (await serving.Task).Client;

    /// <summary>Sends SIGKILL and starts a new process on the same data.</summary>
    public async Task KillAndRestartAsync()
    {
        var killed = await serving.Task;
        serving = new TaskCompletionSource<ScripProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        await killed.KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var process = await ScripProcess.ServeAsync(storage);
        processes.Add(process);
        serving.SetResult(process);
    }
}
