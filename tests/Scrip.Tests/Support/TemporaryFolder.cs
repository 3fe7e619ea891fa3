namespace Scrip.Tests.Support;

/// <summary>A test's own folder, on the disk of the build: not in memory, where a forced write means nothing.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static int made;

    public TemporaryFolder()
    {
        var name = $"{Environment.ProcessId}-{Interlocked.Increment(ref made)}";
        Path = Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "temporary", name)).FullName;
    }

    public string Path { get; }

    /// <summary>The storage setting for a database in this folder.</summary>
    public string Storage => $"Data Source={System.IO.Path.Combine(Path, "scrip.db")}";

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
