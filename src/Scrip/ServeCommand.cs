using System.CommandLine;
using Scrip.Server;

namespace Scrip;

/// <summary><c>scrip serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where to listen, separated by semicolons. By default {ScripServer.DefaultUrl}.",
            HelpName = "addresses",
        };
        var serve = new Command("serve", "Serve the API until stopped.") { StorageOption.Instance, urls };
        serve.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(StorageOption.Instance), parsed.GetValue(urls), cancellation));
        return serve;
    }

    public static async Task<int> RunAsync(string? storage, string? urls, CancellationToken cancellationToken)
    {
        // Addresses on the command line have the last word over those of a Kestrel section in appsettings.
        string[] addresses = urls is null ? [] : [$"--urls={urls}", "--preferHostingUrls=true"];
        await using var app = await ServerStart.StartAloneAsync([.. StorageOption.Settings(storage), .. addresses], cancellationToken);
        foreach (var line in StartupReport.Lines(app))
            Console.WriteLine($"scrip: {line}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
