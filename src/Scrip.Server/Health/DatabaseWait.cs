using System.Data.Common;
using Microsoft.Extensions.Logging;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Logging;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Health;

/// <summary>
/// Waits for a database that is unavailable when the server starts, wholly or in part: tries again until it is available and the sites and
/// tokens have been read. Until then, everything that needs them is refused as unavailable.
/// </summary>
internal sealed class DatabaseWait(
    IStore store, WritePipeline pipeline, AccessDirectory directory, TimeProvider time, ILogger<DatabaseWait> logger)
    : BackgroundJob(TimeSpan.FromSeconds(1), longestWait: TimeSpan.FromSeconds(30), time, logger)
{
    private readonly ILogger<DatabaseWait> logger = logger;

    /// <summary>Why the server is not ready, in one line; null once it has been ready for the first time.</summary>
    public string? Obstacle { get; private set; } = "The database has not been checked yet.";

    /// <summary>Returns whether the database is available.</summary>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (store.Obstacle is not null)
                await pipeline.ProbeAsync().WaitAsync(cancellationToken);
            await directory.RefreshAsync(cancellationToken);
            Obstacle = null;
        }
        catch (Exception fault) when (fault is StorageException or DbException)
        {
            Obstacle = store.Obstacle ?? $"The sites and tokens cannot be read: {fault.GetBaseException().Message}".ReplaceLineEndings(" ");
        }
        return Obstacle is null;
    }

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (Obstacle is not { } told)
            return;
        if (await TryAsync(stoppingToken))
            LogMessages.Ready(logger, store.Description);
        else if (Obstacle != told)
            LogMessages.NotReady(logger, Obstacle);
    }
}
