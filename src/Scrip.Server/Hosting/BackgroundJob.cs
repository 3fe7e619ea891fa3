using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Server.Hosting;

/// <summary>
/// Work that the server repeats for as long as it runs. A run that fails never ends the server: the failure is logged, the next run waits
/// longer, and after a run that succeeds the waits are short again. Every job derives from this class; a test holds that.
/// </summary>
/// <param name="interval">Between two runs.</param>
/// <param name="longestWait">Between two runs while they fail.</param>
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
            // The server stops.
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
            // While the server stops, what the job uses may be gone already.
            if (!stoppingToken.IsCancellationRequested)
                Report(fault);
            return false;
        }
    }

    /// <summary>Once for the same failure, however often the job runs into it.</summary>
    private void Report(Exception fault)
    {
        var text = $"{fault.GetType().Name}: {fault.Message}";
        if (text == reported)
            return;
        reported = text;
        // That the database is away is no defect: its stack trace tells an operator nothing.
        if (fault is StorageException)
            LogMessages.JobUnavailable(logger, GetType().Name, fault.Message);
        else if (fault is DbException database)
            LogMessages.JobUnavailable(logger, GetType().Name, $"{database.GetType().Name} {database.SqlState}");
        else
            LogMessages.JobFailed(logger, GetType().Name, fault);
    }
}
