namespace Scrip.Bench.Databases;

/// <summary>A database for one server, initially empty. It outlives the server's processes, and is deleted on disposal.</summary>
internal sealed class Store(DataFolder folder, string setting, Func<CancellationToken, Task> settle, Func<Task> drop) : IAsyncDisposable
{
    /// <summary>The folder for the processes that use the store, and for SQLite's files.</summary>
    public DataFolder Folder => folder;

    /// <summary>The connection string, which all servers and limits understand.</summary>
    public string Setting => setting;

    public Task SettleAsync(CancellationToken cancellationToken) => settle(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await drop();
        folder.Dispose();
    }
}
