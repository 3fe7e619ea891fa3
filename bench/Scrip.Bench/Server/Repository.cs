namespace Scrip.Bench.Server;

/// <summary>The working copy that this program was built from.</summary>
internal sealed class Repository
{
    private Repository(string root) => Root = root;

    public string Root { get; }

    /// <summary>Next to the build output: the temporary folder is memory on many machines, where a flush costs nothing.</summary>
    public string ArtifactsPath => Path.Combine(Root, "artifacts", "bench");

    public string ResultsPath => Path.Combine(Root, "bench", "results");

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scrip.slnx")))
                return new(folder.FullName);
        }
        throw new BenchException("Scrip.slnx is in no folder above this program.");
    }
}
