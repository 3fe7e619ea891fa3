using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Scrip.Server.Hosting;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Server.Holds;

/// <summary>
/// Ends overdue holds soon, even if no call needs it. It may run on several servers at once: the second one finds nothing left. A site that
/// cannot be settled does not keep the others from being settled.
/// </summary>
internal sealed class HoldExpiryJob(HoldExpiry holds, TimeProvider time, ILogger<HoldExpiryJob> logger)
    : BackgroundJob(TimeSpan.FromSeconds(1), longestWait: TimeSpan.FromSeconds(30), time, logger)
{
    /// <summary>
    /// How many sites are settled at once. A site with a locked counter blocks one of these places. More would only get into the queue
    /// ahead of payments.
    /// </summary>
    private const int MaxSitesAtOnce = 16;

    private readonly ILogger<HoldExpiryJob> logger = logger;

    /// <summary>What the log already says about each site.</summary>
    private readonly ConcurrentDictionary<long, string> reported = new();

    /// <summary>The sites being settled. A slow one keeps its task, and the next run continues with the others.</summary>
    private readonly Dictionary<long, Task> underWay = [];

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        ForgetEnded();
        var sites = await holds.FindUnsettledSitesAsync(stoppingToken);
        foreach (var settled in reported.Keys.Except(sites))
            reported.TryRemove(settled, out _);
        foreach (var siteId in sites.Except(underWay.Keys).ToList())
        {
            await PlaceAsync(stoppingToken);
            underWay[siteId] = SettleAsync(siteId, stoppingToken);
        }
    }

    private async Task PlaceAsync(CancellationToken stoppingToken)
    {
        ForgetEnded();
        while (underWay.Count >= MaxSitesAtOnce)
        {
            await Task.WhenAny(underWay.Values).WaitAsync(stoppingToken);
            ForgetEnded();
        }
    }

    private void ForgetEnded()
    {
        foreach (var (siteId, settling) in underWay)
        {
            if (settling.IsCompleted)
                underWay.Remove(siteId);
        }
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
                    + $"is missing or holds less than the redemption. `scrip verify` names every difference.");
            }
        }
#pragma warning disable CA1031 // Whatever is wrong with this site, the others are settled.
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // Other messages may quote stored data.
            trouble = fault is StorageException ? fault.Message : fault.GetType().Name;
        }
        if (trouble is null)
            reported.TryRemove(siteId, out _);
        else if (reported.GetValueOrDefault(siteId) != trouble)
            LogMessages.HoldsStayOpen(logger, siteId, reported[siteId] = trouble);
    }
}
