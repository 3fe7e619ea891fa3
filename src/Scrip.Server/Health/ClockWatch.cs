using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Scrip.Storage;

namespace Scrip.Server.Health;

/// <summary>Compares the clock with the journal once a second, so that the log tells of a clock that was set back.</summary>
internal sealed class ClockWatch(ClockComparison comparison, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await CompareAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task CompareAsync(CancellationToken stoppingToken)
    {
        try
        {
            await comparison.MeasureAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is StorageException or DbException)
        {
            // The database is away; the readiness probe says so. It is asked again in a moment.
        }
    }
}
