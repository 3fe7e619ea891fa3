using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>
/// Writes down soon what has run out, although nobody asks. It may run on several servers at once: whoever comes second finds nothing left.
/// </summary>
internal sealed class HoldExpiryJob(HoldExpiry holds, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SettleAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SettleAsync(CancellationToken stoppingToken)
    {
        try
        {
            await holds.SettleAllAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is StorageException or DbException)
        {
            // The database is away or busy; the readiness probe says so. It is tried again in a moment.
        }
    }
}
