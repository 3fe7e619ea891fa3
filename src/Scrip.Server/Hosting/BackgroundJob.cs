using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Server.Hosting;

/// <summary>
/// Work that the server repeats as long as it runs. A failing run never ends the server: the failure is logged, the next run waits longer,
/// and after a successful run the waits are short again. Every job derives from this class, which a test enforces.
/// </summary>
/// <param name="interval">The pause between two runs.</param>
/// <param name="longestWait">The longest pause between two runs while they fail.</param>
internal abstract class BackgroundJob(TimeSpan interval, TimeSpan longestWait, TimeProvider time, ILogger logger)
    : BackgroundService
{
    private string? reported;

    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = interval;
        try
        {
            while (true)
            {
                await Task.Delay(wait, time, stoppingToken);
                wait = await SucceedsAsync(stoppingToken) ? interval : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, longestWait.Ticks));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task<bool> SucceedsAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken);
            if (reported is not null)
                LogMessages.JobRecovered(logger, GetType().Name);
            reported = null;
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, the server goes on without this run.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // While the server stops, what the job uses may already be disposed.
            if (!stoppingToken.IsCancellationRequested)
                Report(fault);
            return false;
        }
    }

    /// <summary>Logs a failure once, however often the job meets it.</summary>
    private void Report(Exception fault)
    {
        var text = $"{fault.GetType().Name}: {fault.Message}";
        if (text == reported)
            return;
        reported = text;
        // An unavailable database is not a defect: its stack trace tells an operator nothing.
        if (fault is StorageException)
            LogMessages.JobUnavailable(logger, GetType().Name, fault.Message);
        else if (fault is DbException database)
            LogMessages.JobUnavailable(logger, GetType().Name, $"{database.GetType().Name} {database.SqlState}");
        else
            LogMessages.JobFailed(logger, GetType().Name, fault);
    }
}
