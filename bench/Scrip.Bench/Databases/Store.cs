namespace Scrip.Bench.Databases;

/// <summary>A database for one server, empty at first. It outlives the server's processes, and goes when disposed of.</summary>
internal sealed class Store(DataFolder folder, string setting, Func<CancellationToken, Task> settle, Func<Task> drop) : IAsyncDisposable
{
    /// <summary>For the processes that run on it, and for what SQLite keeps.</summary>
    public DataFolder Folder => folder;

    /// <summary>The connection string, in which all servers and limits agree.</summary>
    public string Setting => setting;

    public Task SettleAsync(CancellationToken cancellationToken) => settle(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await drop();
        folder.Dispose();
    }
}
