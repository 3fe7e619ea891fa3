using System.Buffers.Binary;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// Restricts the files of a database to their owner, whatever the umask and the folder: anyone who can read them can spend what is in them.
/// SQLite gives its log and the index of the log the mode of the database file.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The offset of the application id in SQLite's header (https://sqlite.org/fileformat.html).</summary>
    private const int ApplicationIdAt = 68;

    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    /// <summary>How to open a file so that it is private from the moment it is created.</summary>
    public static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        return options;
    }

    /// <summary>
    /// Creates the database file if it is missing, and makes it private before anything is written to it. A file of another program is not
    /// touched.
    /// </summary>
    /// <exception cref="StorageSetupException">The file belongs to another user, or is a device, a pipe or a socket.</exception>
    public static void Prepare(string database)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (!File.Exists(database))
            new FileStream(database, Options()).Dispose();
        else if (!FileTypes.IsRegular(database))
            throw new StorageSetupException($"{database} is not a regular file, so it cannot be a database.");
        else if (IsOurs(database))
            Tighten(database);
    }

    /// <summary>Restricts all files of a database that Scrip made.</summary>
    /// <exception cref="StorageSetupException">A file belongs to another user.</exception>
    public static void Tighten(string database)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Companions.Select(ending => database + ending).Where(File.Exists))
            TightenOne(file);
    }

    /// <exception cref="StorageSetupException">The file belongs to another user.</exception>
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
                $"{file} is readable by users other than its owner, and this process is not its owner: set its mode to 0600.", notOwner);
        }
    }

    /// <summary>Whether Scrip made the database, or the file is empty.</summary>
    private static bool IsOurs(string database)
    {
        Span<byte> header = stackalloc byte[ApplicationIdAt + sizeof(int)];
        using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return file.Length == 0
            || (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
                && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]) == SqliteMigrations.ApplicationId);
    }
}
