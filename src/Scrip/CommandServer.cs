using System.Security.Cryptography;
using Scrip.Client;
using Scrip.Server;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip;

/// <summary>The server that executes a command. A command always uses HTTP, whether the server was already running or not.</summary>
internal sealed class CommandServer : IAsyncDisposable
{
    private const string TokenVariable = "SCRIP_ADMIN_TOKEN";
    private const string TokenCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int TokenLength = 43;

    private readonly HttpClient http;
    private readonly WebApplication? own;

    private CommandServer(HttpClient http, string token, WebApplication? own)
    {
        http.DefaultRequestHeaders.Add(ScripClient.TokenHeader, token);
        this.http = http;
        this.own = own;
        Client = new ScripClient(http);
    }

    public ScripClient Client { get; }

    /// <exception cref="SettingsException">The address or the token is invalid.</exception>
    public static CommandServer Running(string url)
    {
        if (!Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new SettingsException($"--url must be an address such as {ScripServer.DefaultUrl}, not {url}.");
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            throw new SettingsException($"--url needs the server's admin token in {TokenVariable}.");
        if (token.Any(character => !char.IsAscii(character) || char.IsControl(character)))
            throw new SettingsException($"{TokenVariable} must be ASCII characters without line breaks.");
        return new CommandServer(new HttpClient { BaseAddress = address }, token, own: null);
    }

    /// <summary>
    /// Starts the server in this process with the operator's settings, on a random port of this machine and with a random token. Neither is
    /// kept.
    /// </summary>
    /// <exception cref="StorageSetupException">
    /// The storage is unusable; if another process is using it, the message says what to do.
    /// </exception>
    public static async Task<CommandServer> StartAsync(string? storage, CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetString(TokenCharacters, TokenLength);
        string[] settings =
        [
            .. StorageOption.Settings(storage),
            $"--{ScripOptions.Section}:{nameof(ScripOptions.AdminToken)}={token}",
            "--urls=http://127.0.0.1:0",
            "--preferHostingUrls=true",
            // Standard output belongs to the command's result.
            "--Logging:Console:LogToStandardErrorThreshold=Trace",
        ];
        try
        {
            var app = await ServerStart.StartAsync(settings, cancellationToken);
            // The operator's proxy does not know this address.
            var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
            return new CommandServer(http, token, app);
        }
        catch (DataFolderInUseException inUse)
        {
            throw new StorageSetupException(
                $"{inUse.Message} To ask that process, give its address with --url and its admin token in {TokenVariable}.", inUse);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Before the server, which would wait for its connections.
        http.Dispose();
        if (own is null)
            return;
        await own.StopAsync();
        await own.DisposeAsync();
    }
}
