namespace Scrip.Bench.Databases;

/// <summary>A folder for one store. It outlives the server processes that use it, and is deleted on disposal.</summary>
internal sealed class DataFolder : IDisposable
{
    public DataFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
