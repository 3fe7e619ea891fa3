using System.CommandLine;
using System.Runtime.InteropServices;
using Scrip.Remote;
using Scrip.Server;

namespace Scrip;

/// <summary><c>scrip serve</c>.</summary>
internal static class ServeCommand
{
    private const int StoppedByFault = 1;

    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"The addresses to listen on, separated by semicolons. By default {ScripServer.DefaultUrl}.",
            HelpName = "addresses",
        };
        var serve = new Command("serve", "Serve the API until stopped.") { StorageOption.Instance, urls };
        serve.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(StorageOption.Instance), parsed.GetValue(urls), cancellation));
        return serve.WithExamples("scrip serve --urls http://127.0.0.1:5080 --storage 'Data Source=/var/lib/scrip/scrip.db'");
    }

    public static async Task<int> RunAsync(string? storage, string? urls, CancellationToken cancellationToken)
    {
        // Addresses on the command line take precedence over those of a Kestrel section in appsettings.
        string[] addresses = urls is null ? [] : [$"--urls={urls}", "--preferHostingUrls=true"];
        await using var app = await ServerStart.StartAloneAsync([.. StorageOption.Settings(storage), .. addresses], cancellationToken);
        foreach (var line in StartupReport.Lines(app))
            Console.WriteLine($"scrip: {line}");
        return await UntilStoppedAsync(app, cancellationToken);
    }

    /// <summary>
    /// Returns the exit status: 0 only if the server was asked to stop. After any other status a service manager starts it again.
    /// </summary>
    internal static async Task<int> UntilStoppedAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var isAsked = cancellationToken.IsCancellationRequested;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Ask);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        await app.WaitForShutdownAsync(cancellationToken);
        if (isAsked || cancellationToken.IsCancellationRequested)
            return 0;
        await Console.Error.WriteLineAsync("scrip: The server stopped because of a fault; the log above says which.");
        return StoppedByFault;

        // The host stops the server; this only remembers the request to stop.
        void Ask(PosixSignalContext signal) => isAsked = true;
    }
}
