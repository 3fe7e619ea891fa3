using Microsoft.Extensions.Logging;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip.Server.Auth;

/// <summary>Sees what other servers on the same database change: a token that one of them revokes is dead here within a second.</summary>
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
