using Scrip.Server;
using Scrip.Storage;

namespace Scrip;

/// <summary><c>scrip serve</c>.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string? storage, string? urls, CancellationToken cancellationToken)
    {
        try
        {
            var options = new WebApplicationOptions { Args = ToArguments(storage, urls) };
            await using var app = await ScripServer.BuildAsync(options, cancellationToken);
            await app.StartAsync(cancellationToken);
            foreach (var line in StartupReport.Lines(app))
                Console.WriteLine($"scrip: {line}");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception refused) when (refused is SettingsException or StorageSetupException or IOException or FormatException)
        {
            await Console.Error.WriteLineAsync($"scrip: {refused.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static string[] ToArguments(string? storage, string? urls) =>
    [
        .. storage is null ? Array.Empty<string>() : [$"--{ScripOptions.Section}:{nameof(ScripOptions.Storage)}={storage}"],
        .. urls is null ? Array.Empty<string>() : [$"--urls={urls}"],
    ];
}
