using System.Globalization;
using Microsoft.Extensions.Logging;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>
/// Writes soon what has run out, although nobody asks. It may run on several servers at once: the second one finds nothing left. A site
/// that cannot be settled does not keep the others from being settled.
/// </summary>
internal sealed partial class HoldExpiryJob(HoldExpiry holds, TimeProvider time, ILogger<HoldExpiryJob> logger)
    : BackgroundJob(TimeSpan.FromSeconds(1), longestWait: TimeSpan.FromSeconds(30), time, logger)
{
    private readonly ILogger<HoldExpiryJob> logger = logger;

    /// <summary>What the log already says of each site.</summary>
    private readonly Dictionary<long, string> reported = [];

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var sites = await holds.FindUnsettledSitesAsync(stoppingToken);
        foreach (var settled in reported.Keys.Except(sites).ToList())
            reported.Remove(settled);
        foreach (var siteId in sites)
            await SettleAsync(siteId, stoppingToken);
    }

    private async Task SettleAsync(long siteId, CancellationToken stoppingToken)
    {
        string? trouble = null;
        try
        {
            var stuck = await holds.EndAsync(siteId, stoppingToken);
            if (stuck is [var first, ..])
            {
                trouble = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{stuck.Count} cannot end, the first in redemption {first.Id} of certificate {first.CertificateId}: the certificate "
                    + $"is missing, or holds less than that. `scrip verify` names every difference.");
            }
        }
#pragma warning disable CA1031 // Whatever is wrong with this site, the others are settled.
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // Other messages may quote what is stored.
            trouble = fault is StorageException ? fault.Message : fault.GetType().Name;
        }
        if (trouble is null)
            reported.Remove(siteId);
        else if (reported.GetValueOrDefault(siteId) != trouble)
            LogTrouble(siteId, reported[siteId] = trouble);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Holds of site {SiteId} that have run out stay open: {Trouble}")]
    private partial void LogTrouble(long siteId, string trouble);
}
