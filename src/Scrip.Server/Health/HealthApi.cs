using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Health;

/// <summary>The health calls: whether the process is running, and whether it can do its work.</summary>
public static class HealthApi
{
    public static RouteGroupBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").OpenToAll().DisableRateLimiting();
        group.MapGet("/live", Live);
        group.MapGet("/ready", Ready);
        return group;
    }

    private static JsonResult Live() => new("""{"status":"live"}"""u8.ToArray());

    /// <summary>If the probe fails, its exception becomes the problem in the response.</summary>
    private static async Task<JsonResult> Ready(ReadinessProbe probe, IStore store)
    {
        var lead = await probe.RunAsync();
        return JsonObject.Answer(json => WriteReady(json, lead, store.NodesAway), StatusCodes.Status200OK);
    }

    private static void WriteReady(Utf8JsonWriter json, TimeSpan lead, IReadOnlyList<string> away)
    {
        json.WriteStartObject();
        json.WriteString("status", "ready");
        if (lead > TimeSpan.Zero)
            json.WriteNumber("newest_entry_ahead_seconds", (long)lead.TotalSeconds);
        if (away.Count > 0)
        {
            json.WriteStartArray("nodes_away");
            foreach (var node in away)
                json.WriteStringValue(node);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
