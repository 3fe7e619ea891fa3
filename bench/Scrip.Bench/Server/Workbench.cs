namespace Scrip.Bench.Server;

/// <summary>What every scenario works with: the server under test, a place for its stores, and the sizes.</summary>
internal sealed class Workbench(string executable, string dataPath, Scale scale) : IDisposable
{
    private readonly string runPath = Path.Combine(dataPath, $"run-{Environment.ProcessId}");
    private int folders;

    public Scale Scale => scale;

    public DataFolder CreateFolder() => new(Path.Combine(runPath, $"store-{++folders}"));

    public ScripServer Launch(DataFolder folder) => ScripServer.Launch(executable, folder);

    public void Dispose()
    {
        if (Directory.Exists(runPath))
            Directory.Delete(runPath, recursive: true);
    }
}
