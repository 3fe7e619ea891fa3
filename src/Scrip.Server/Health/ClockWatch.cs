using Microsoft.Extensions.Logging;
using Scrip.Server.Hosting;

namespace Scrip.Server.Health;

/// <summary>Compares the clock with the journal once a second, so that the log reports a clock that was set back.</summary>
internal sealed class ClockWatch(ClockComparison comparison, TimeProvider time, ILogger<ClockWatch> logger)
    : BackgroundJob(TimeSpan.FromSeconds(1), longestWait: TimeSpan.FromSeconds(30), time, logger)
{
    protected override Task RunOnceAsync(CancellationToken stoppingToken) => comparison.MeasureAsync(stoppingToken);
}
