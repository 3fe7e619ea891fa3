using System.Buffers.Binary;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// The files of a database are their owner's alone, whatever the umask and the folder: who can read them can spend what is in them. SQLite
/// gives its log and its index of the log the mode of the database file.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where SQLite's header has the number of the application (https://sqlite.org/fileformat.html).</summary>
    private const int ApplicationIdAt = 68;

    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    /// <summary>How to open a file so that it is private from its first moment, if this makes it.</summary>
    public static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        return options;
    }

    /// <summary>
    /// Makes the database file if it is missing, and before anything is written to it makes it private, unless it is a file of another
    /// program, which is not touched.
    /// </summary>
    /// <exception cref="StorageSetupException">The file is somebody else's, or a device, a pipe or a socket.</exception>
    public static void Prepare(string database)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (!File.Exists(database))
            new FileStream(database, Options()).Dispose();
        else if (!FileTypes.IsRegular(database))
            throw new StorageSetupException($"{database} is not a regular file: a database cannot be kept there.");
        else if (IsOurs(database))
            Tighten(database);
    }

    /// <summary>All files of a database of ours.</summary>
    /// <exception cref="StorageSetupException">A file is somebody else's.</exception>
    public static void Tighten(string database)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Companions.Select(ending => database + ending).Where(File.Exists))
            TightenOne(file);
    }

    /// <exception cref="StorageSetupException">The file is somebody else's.</exception>
    public static void TightenOne(string file)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & ~Private) == 0)
            return;
        try
        {
            File.SetUnixFileMode(file, Private);
        }
        catch (UnauthorizedAccessException notOwner)
        {
            throw new StorageSetupException(
                $"{file} can be read by others than its owner, and this process is not its owner: set its mode to 0600.", notOwner);
        }
    }

    /// <summary>An empty file is nobody's.</summary>
    private static bool IsOurs(string database)
    {
        Span<byte> header = stackalloc byte[ApplicationIdAt + sizeof(int)];
        using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return file.Length == 0
            || (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
                && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]) == SqliteMigrations.ApplicationId);
    }
}
