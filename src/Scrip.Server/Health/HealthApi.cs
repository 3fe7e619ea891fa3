using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Server.Auth;
using Scrip.Server.OpenApi;

namespace Scrip.Server.Health;

/// <summary>For whoever watches the process: is it there, and can it do its work.</summary>
public static class HealthApi
{
    public static RouteGroupBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").OpenToAll();
        group.MapGet("/live", Live).Describe(HealthOperations.Live);
        group.MapGet("/ready", Ready).Describe(HealthOperations.Ready);
        return group;
    }

    private static IResult Live() => Results.Text("""{"status":"live"}""", "application/json", Encoding.UTF8);

    /// <summary>A failing probe throws, and leaves as the problem of its fault.</summary>
    private static async Task<IResult> Ready(ReadinessProbe probe)
    {
        await probe.RunAsync();
        return Results.Text("""{"status":"ready"}""", "application/json", Encoding.UTF8);
    }
}
