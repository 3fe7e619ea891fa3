namespace Scrip.Storage.Sqlite;

/// <summary>
/// Keeps a second process off the data folder. The operating system gives the lock back however the process ends. Two processes that write
/// and checkpoint one WAL file at the same moment can corrupt it (SQLite before 3.51.3).
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "scrip.lock";

    private readonly FileStream held;

    private DataFolderLock(FileStream held) => this.held = held;

    public static DataFolderLock Take(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StorageSetupException($"The data folder {folder} cannot be written to: {refused.Message}", refused);
        }
        catch (IOException refused)
        {
            throw new StorageSetupException($"Another scrip process is using the data folder {folder}; one at a time.", refused);
        }
    }

    public void Dispose() => held.Dispose();
}
