using Microsoft.Extensions.Logging;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip.Server.Auth;

/// <summary>
/// Polls for changes by other servers on the same database: a token that another server revokes is refused here within a second.
/// </summary>
internal sealed class AccessWatch(IStore store, AccessDirectory directory, TimeProvider time, ILogger<AccessWatch> logger)
    : BackgroundJob(TimeSpan.FromMilliseconds(250), longestWait: TimeSpan.FromSeconds(1), time, logger)
{
    private long? seen;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var version = await store.ReadAccessVersionAsync(stoppingToken);
        if (version == seen)
            return;
        await directory.RefreshAsync(stoppingToken);
        directory.ReportFaults();
        seen = version;
    }
}
