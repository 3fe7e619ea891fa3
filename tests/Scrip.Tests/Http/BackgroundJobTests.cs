using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip.Tests.Http;

public sealed class BackgroundJobTests
{
    [Fact]
    public async Task A_job_that_fails_says_so_once_waits_longer_each_time_and_goes_on()
    {
        var log = new Lines();
        var time = new HastyClock();
        Exception[] failures =
        [
            new InvalidOperationException("one"), new InvalidOperationException("one"), new InvalidOperationException("one"),
            new StorageException(StorageFault.Unavailable, "two"), new OperationCanceledException("three"),
        ];
        using var job = new Failing(failures, time, log);

        await job.StartAsync(CancellationToken.None);
        await job.Finished.WaitAsync(TimeSpan.FromSeconds(60));
        await job.StopAsync(CancellationToken.None);

        Assert.Equal([1, 2, 4, 5, 5, 5, 1], time.Waits.Take(7).Select(wait => wait.TotalSeconds));
        Assert.Equal(["Error", "Warning", "Error", "Warning"], log.Levels);
    }

    [Fact]
    public async Task A_job_that_fails_because_the_server_stops_ends_quietly()
    {
        var log = new Lines();
        using var job = new Interrupted(log);
        await job.StartAsync(CancellationToken.None);
        await job.Running.WaitAsync(TimeSpan.FromSeconds(60));

        await job.StopAsync(CancellationToken.None);

        await job.ExecuteTask!;
        Assert.Empty(log.Levels);
    }

    /// <summary>
    /// A fault in somebody else's job, such as a library's: a service manager must see that the server did not stop on request.
    /// </summary>
    [Fact]
    public async Task A_server_that_a_fault_stops_ends_with_a_status_that_is_not_0()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<Foreign>();
        await using var app = builder.Build();
        await app.StartAsync();

        Assert.Equal(1, await ServeCommand.UntilStoppedAsync(app, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private sealed class Foreign(IHostApplicationLifetime server) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = server.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            throw new InvalidOperationException();
        }
    }

    /// <summary>A job that fails as many times as it is given failures.</summary>
    private sealed class Failing(Exception[] failures, TimeProvider time, ILogger log)
        : BackgroundJob(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), time, log)
    {
        private readonly TaskCompletionSource finished = new();
        private int runs;

        public Task Finished => finished.Task;

        protected override Task RunOnceAsync(CancellationToken stoppingToken)
        {
            var run = runs++;
            if (run == failures.Length + 1)
                finished.TrySetResult();
            return run < failures.Length ? Task.FromException(failures[run]) : Task.CompletedTask;
        }
    }

    /// <summary>A job whose resources disappear as soon as the server stops.</summary>
    private sealed class Interrupted(ILogger log)
        : BackgroundJob(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), new HastyClock(), log)
    {
        private readonly TaskCompletionSource running = new();

        public Task Running => running.Task;

        protected override async Task RunOnceAsync(CancellationToken stoppingToken)
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stoppingToken.Register(stopped.SetResult);
            running.SetResult();
            await stopped.Task;
            throw new ObjectDisposedException("the store");
        }
    }

    /// <summary>A clock on which every wait ends at once.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (Waits)
                Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }
    }

    private sealed class Lines : ILogger
    {
        public List<string> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Levels.Add(logLevel.ToString());
    }
}
