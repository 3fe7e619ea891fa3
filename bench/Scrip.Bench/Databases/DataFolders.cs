namespace Scrip.Bench.Databases;

/// <summary>The folders of one run, which are deleted at its end.</summary>
internal sealed class DataFolders(string parent) : IDisposable
{
    private readonly string path = Path.Combine(parent, $"run-{Environment.ProcessId}");
    private int made;

    public DataFolder Create() => new(Path.Combine(path, $"{++made}"));

    public void Dispose()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
