using System.Diagnostics;
using Scrip.Bench.Http;

namespace Scrip.Bench.Server;

/// <summary>
/// The measured programs: the product, the product compiled as it runs, the same contract in Entity Framework Core, and the web server alone.
/// </summary>
internal sealed record Programs(ServerProgram Scrip, ServerProgram ScripJit, ServerProgram EfCore, ServerProgram BareKestrel)
{
    private const string ReadyPath = "/health/ready";
    private static readonly string[] ServeVerb = ["serve"];

    /// <summary>Publishes them as each is released: the product as a native executable, the others with the same runtime.</summary>
    /// <param name="scrip">The product's executable, if it exists already.</param>
    public static async Task<Programs> PublishAsync(Repository repository, string? scrip, CancellationToken cancellationToken) => new(
        new(
            "Scrip",
            scrip ?? await PublishAsync(repository, "src/Scrip", "scrip", cancellationToken),
            ServeVerb,
            ReadyPath),
        new(
            "Scrip, JIT",
            await PublishAsync(repository, "src/Scrip", "scrip", cancellationToken, isNative: false),
            ServeVerb,
            ReadyPath),
        new(
            "EF Core",
            await PublishAsync(repository, "bench/Baselines/EfCore", "Scrip.Baselines.EfCore", cancellationToken),
            [],
            RequestFactory.Certificates + "1/"),
        new(
            "bare Kestrel",
            await PublishAsync(repository, "bench/Limits/BareKestrel", "Scrip.Limits.BareKestrel", cancellationToken),
            [],
            "/"));

    private static async Task<string> PublishAsync(
        Repository repository, string project, string executable, CancellationToken cancellationToken, bool isNative = true)
    {
        Console.Error.WriteLine($"publishing {project}{(isNative ? "" : " without native code")}");
        var output = Path.Combine(repository.ArtifactsPath, Path.GetFileName(project) + (isNative ? "" : ".Jit"));
        // Publishing into a folder with an earlier publish omits the native libraries next to a single file.
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        string[] arguments = ["publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", output];
        if (!isNative)
            arguments = [.. arguments, "-p:PublishAot=false"];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = repository.Root, RedirectStandardOutput = true };
        using var publish = Process.Start(start)!;
        var log = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0 ? Path.Combine(output, executable) : throw new BenchException($"dotnet publish failed.\n{log}");
    }
}
