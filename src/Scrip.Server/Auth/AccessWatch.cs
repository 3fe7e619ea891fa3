using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Scrip.Storage;

namespace Scrip.Server.Auth;

/// <summary>Sees what other servers on the same database change: a token that one of them revokes is dead here within a second.</summary>
internal sealed class AccessWatch(IStore store, AccessDirectory directory, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        long? seen = null;
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                var version = await store.ReadAccessVersionAsync(stoppingToken);
                if (version == seen)
                    continue;
                await directory.RefreshAsync(stoppingToken);
                seen = version;
            }
            catch (Exception fault) when (fault is StorageException or DbException)
            {
                // The database is away; the readiness probe says so. It is asked again in a moment.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
