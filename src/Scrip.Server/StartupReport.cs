using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Server.Auth;
using Scrip.Storage;

namespace Scrip.Server;

/// <summary>What an operator wants to know when the server has started.</summary>
public static class StartupReport
{
    public static IReadOnlyList<string> Lines(WebApplication started) =>
    [
        $"listening on {string.Join(", ", started.Urls)}",
        $"data in {started.Services.GetRequiredService<IStore>().Description}",
        started.Services.GetRequiredService<Authenticator>().LetsLoopbackIn
            ? "callers on this machine need no token (Development, and no token has been made yet); all others do"
            : "callers need a token (header API-Token)",
    ];
}
