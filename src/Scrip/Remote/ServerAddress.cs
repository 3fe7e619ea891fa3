using System.CommandLine;
using Scrip.Client;
using Scrip.Server;
using Scrip.Server.Hosting;

namespace Scrip.Remote;

/// <summary>The running server that a command calls, and the token: from options, or from the environment.</summary>
internal static class ServerAddress
{
    private const string UrlVariable = "SCRIP_URL";
    private const string TokenVariable = "SCRIP_TOKEN";

    private static readonly Option<string?> Url = new("--url")
    {
        Description = $"The server's address. By default {UrlVariable}, then {ScripServer.DefaultUrl}.",
        HelpName = "address",
    };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = $"The token. By default {TokenVariable}, which other users of the machine do not see.",
        HelpName = "text",
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = "A file with the token in its first line.",
        HelpName = "path",
    };

    public static void AddTo(Command command)
    {
        command.Add(Url);
        command.Add(Token);
        command.Add(TokenFile);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Token) is not null && parsed.GetResult(TokenFile) is not null)
                parsed.AddError("--token and --token-file cannot be combined.");
            if (parsed.GetValue(Url) is { } url && !TryRead(url, out _))
                parsed.AddError($"--url must be an address such as {ScripServer.DefaultUrl}, not {url}.");
        });
    }

    /// <param name="patience">How long to wait for a response.</param>
    /// <exception cref="SettingsException">A variable or the file is unusable.</exception>
    public static HttpClient Open(ParseResult parsed, TimeSpan patience)
    {
        var url = parsed.GetValue(Url) ?? Variable(UrlVariable) ?? ScripServer.DefaultUrl;
        if (!TryRead(url, out var address))
            throw new SettingsException($"{UrlVariable} must be an address such as {ScripServer.DefaultUrl}, not {url}.");
        // The API never redirects, and a token must not follow somebody else's redirection.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var http = new HttpClient(handler) { BaseAddress = address, Timeout = patience };
        // Without a token only a server in Development responds; any other explains what is missing.
        if (ReadToken(parsed) is { } token)
            http.DefaultRequestHeaders.Add(ScripClient.TokenHeader, token);
        return http;
    }

    public static bool HasToken(HttpClient http) => http.DefaultRequestHeaders.Contains(ScripClient.TokenHeader);

    private static string? ReadToken(ParseResult parsed)
    {
        var token = parsed.GetValue(Token) ?? (parsed.GetValue(TokenFile) is { } file ? ReadFile(file) : Variable(TokenVariable));
        if (token?.Any(character => !char.IsAscii(character) || char.IsControl(character)) == true)
            throw new SettingsException("The token must be ASCII characters without line breaks.");
        return token;
    }

    private static string ReadFile(string path)
    {
        if (Directory.Exists(path))
            throw new SettingsException($"{path} is a folder, not a file with a token.");
        return File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } token ? token
            : throw new SettingsException($"The first line of {path} is empty. It should have the token.");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool TryRead(string url, out Uri? address) =>
        Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out address) && address.Scheme is "http" or "https";
}
