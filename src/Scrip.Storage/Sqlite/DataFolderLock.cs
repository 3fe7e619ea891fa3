namespace Scrip.Storage.Sqlite;

/// <summary>
/// Keeps a second process out of the data folder. The operating system releases the lock however the process ends. Two servers would wait
/// for each other at every write, and a release of Scrip with SQLite before 3.51.3 could corrupt the log next to another process.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "scrip.lock";

    // How a lock held by another process is reported: the error number of the system, which .NET passes on.
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMacOS = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private readonly FileStream held;

    private DataFolderLock(FileStream held) => this.held = held;

    public static DataFolderLock Take(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            var held = new DataFolderLock(new FileStream(path, PrivateFiles.Options()));
            PrivateFiles.TightenOne(path);
            return held;
        }
        catch (IOException refused) when (refused.HResult is WouldBlockOnLinux or WouldBlockOnMacOS or SharingViolationOnWindows)
        {
            throw new DataFolderInUseException(folder, refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StorageSetupException($"The data folder {folder} cannot be written to: {refused.Message}", refused);
        }
    }

    public void Dispose() => held.Dispose();
}
