using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Health;
using Scrip.Storage;

namespace Scrip.Server;

/// <summary>What an operator wants to know when the server has started.</summary>
public static class StartupReport
{
    /// <summary>Returns why the server is not ready yet, in one line; null if it is ready.</summary>
    public static string? FindObstacle(WebApplication started) => started.Services.GetRequiredService<DatabaseWait>().Obstacle;

    public static IReadOnlyList<string> Lines(WebApplication started) =>
    [
        .. IgnoredVariables(),
        $"listening on {string.Join(", ", started.Urls)}",
        .. FindObstacle(started) is { } obstacle
            ? [$"not ready: {obstacle.TrimEnd('.')}. It is checked again every second; until then calls get 503"]
            : DataLines(started),
        started.Services.GetRequiredService<Authenticator>().LetsLoopbackIn
            ? "callers on this machine need no token (Development, and no token has been created yet); all others do"
            : "callers need a token (header API-Token)",
    ];

    /// <summary>The lines about a database that has been read.</summary>
    private static IEnumerable<string> DataLines(WebApplication started)
    {
        yield return $"data in {started.Services.GetRequiredService<IStore>().Description}";
        if (started.Services.GetRequiredService<AccessDirectory>().FindSite(Site.DefaultId) is { } site)
            yield return $"site {site.Name} in {site.Currency.Code}, time zone {site.TimeZone}";
    }

    private static IEnumerable<string> IgnoredVariables() => ScripSettings.FindIgnored() is { Count: > 0 } ignored
        ? [$"warning: ignored, because they are not settings: {string.Join(", ", ignored)}"]
        : [];
}
