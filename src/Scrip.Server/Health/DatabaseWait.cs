using System.Data.Common;
using Microsoft.Extensions.Logging;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Logging;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Health;

/// <summary>
/// Where the database, or a part of it, is away when the server starts: asks again until it is there and the sites and tokens are read.
/// Everything that needs them is refused as unavailable meanwhile.
/// </summary>
internal sealed class DatabaseWait(
    IStore store, WritePipeline pipeline, AccessDirectory directory, TimeProvider time, ILogger<DatabaseWait> logger)
    : BackgroundJob(TimeSpan.FromSeconds(1), longestWait: TimeSpan.FromSeconds(30), time, logger)
{
    private readonly ILogger<DatabaseWait> logger = logger;

    /// <summary>Why the server cannot do its work yet, in one line; null once it could for the first time.</summary>
    public string? Obstacle { get; private set; } = "The database has not been asked yet.";

    /// <summary>Returns whether the database is there.</summary>
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
