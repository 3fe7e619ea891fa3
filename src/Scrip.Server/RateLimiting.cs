using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Problems;

namespace Scrip.Server;

/// <summary>
/// Limits the requests a second of each token, if the operator sets a limit. Callers without a valid token, including those guessing one,
/// share the limit of their address.
/// </summary>
internal static class RateLimiting
{
    public static void AddScripRateLimit(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = RefuseAsync);
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>()
            .Configure<IOptions<ScripOptions>>((limiter, options) => limiter.GlobalLimiter = Create(options.Value.MaxRequestsPerSecond));
    }

    private static PartitionedRateLimiter<HttpContext>? Create(int? perSecond) => perSecond is not { } limit
        ? null
        : PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            KeyOf(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limit,
                TokensPerPeriod = limit,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));

    private static string KeyOf(HttpContext context) => context.Features.Get<Caller>() is { } caller
        ? string.Create(CultureInfo.InvariantCulture, $"{caller.Site.Id}/{caller.Actor}")
        : context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static async ValueTask RefuseAsync(
        Microsoft.AspNetCore.RateLimiting.OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.Response.Headers.RetryAfter = "1";
        await new ProblemResult(ProblemType.RateLimited, "Wait a second, then send the request again.").ExecuteAsync(rejected.HttpContext);
    }
}
