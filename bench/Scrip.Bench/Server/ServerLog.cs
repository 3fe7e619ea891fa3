using System.Diagnostics;
using Scrip.Bench.Databases;

namespace Scrip.Bench.Server;

/// <summary>
/// Stores what a server prints in two files as raw bytes: parsing lines would cost time that the server needs, and an unread pipe would
/// stop it.
/// </summary>
internal sealed class ServerLog
{
    private const int ShownCharacters = 2_000;

    private readonly string[] paths;
    private readonly Task collecting;

    private ServerLog(string[] paths, Task collecting)
    {
        this.paths = paths;
        this.collecting = collecting;
    }

    public static ServerLog Collect(Process process, DataFolder folder)
    {
        string[] paths = [folder.File("server.out"), folder.File("server.err")];
        var output = CopyAsync(process.StandardOutput.BaseStream, paths[0]);
        var errors = CopyAsync(process.StandardError.BaseStream, paths[1]);
        return new(paths, Task.WhenAll(output, errors));
    }

    /// <summary>Waits until the process has closed its output.</summary>
    /// <returns>The end of what it printed.</returns>
    public async Task<string> EndAsync()
    {
        await collecting;
        var text = string.Concat(paths.Select(File.ReadAllText));
        return text[^Math.Min(text.Length, ShownCharacters)..];
    }

    private static async Task CopyAsync(Stream printed, string path)
    {
        await using var file = File.Create(path);
        await printed.CopyToAsync(file);
    }
}
