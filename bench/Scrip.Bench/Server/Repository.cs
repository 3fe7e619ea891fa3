using System.Diagnostics;

namespace Scrip.Bench.Server;

/// <summary>The working copy that this program was built from.</summary>
internal sealed class Repository
{
    private readonly string root;

    private Repository(string root) => this.root = root;

    /// <summary>Beside the build output: the temporary folder is memory on many machines, where a flush costs nothing.</summary>
    public string DataPath => Path.Combine(root, "artifacts", "bench", "data");

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scrip.slnx")))
                return new(folder.FullName);
        }
        throw new BenchException("Scrip.slnx is in no folder above this program.");
    }

    /// <summary>Publishes the server the way it is released.</summary>
    /// <returns>The path of the executable.</returns>
    public async Task<string> PublishServerAsync(CancellationToken cancellationToken)
    {
        Console.Error.WriteLine("publishing src/Scrip");
        var output = Path.Combine(root, "artifacts", "bench", "server");
        string[] arguments = ["publish", "src/Scrip", "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", output];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true };
        using var publish = Process.Start(start)!;
        var log = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0 ? Path.Combine(output, "scrip") : throw new BenchException($"dotnet publish failed.\n{log}");
    }
}
