using Scrip.Server.Guessing;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.Payments;

/// <summary>The budget for wrong codes of one caller, while time goes by.</summary>
public sealed class MissBudgetTests
{
    private static readonly MissLimits Limits = new(PerMinute: 3, PerDay: 5);
    private readonly SteppedClock clock = new();

    [Fact]
    public async Task What_missed_is_forgotten_a_minute_after_the_first()
    {
        var budget = new MissBudget(Limits, clock);
        foreach (var second in new[] { 0, 30, 50 })
            Assert.Null(await MissAsync(budget, second));

        Assert.Equal(TimeSpan.FromSeconds(10), await MissAsync(budget, 50));
        Assert.Equal(TimeSpan.FromSeconds(1), await MissAsync(budget, 59));
        Assert.Null(await MissAsync(budget, 60));
    }

    [Fact]
    public async Task A_day_has_a_budget_of_its_own()
    {
        var budget = new MissBudget(Limits, clock);
        foreach (var minute in new[] { 0, 2, 4, 6, 8 })
            Assert.Null(await MissAsync(budget, minute * 60));

        Assert.Equal(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(10), await MissAsync(budget, 600));
        Assert.Null(await MissAsync(budget, 24 * 60 * 60));
    }

    [Fact]
    public async Task What_hits_costs_nothing()
    {
        var budget = new MissBudget(Limits, clock);
        for (var hit = 0; hit < 50; hit++)
        {
            Assert.Null(await budget.EnterAsync(CancellationToken.None));
            budget.Leave(hasMissed: false);
        }
        Assert.True(budget.IsIdle);
    }

    [Fact]
    public async Task Those_beyond_the_budget_wait_for_those_before_and_go_on_or_are_told()
    {
        var budget = new MissBudget(Limits, clock);
        var entered = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => budget.EnterAsync(CancellationToken.None).AsTask()));
        Assert.All(entered, wait => Assert.Null(wait));
        var waiting = Enumerable.Range(0, 4).Select(_ => budget.EnterAsync(CancellationToken.None).AsTask()).ToList();
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));

        // One found its code, so the first in the line continues. Two missed, so one place is left, and it is taken.
        budget.Leave(hasMissed: false);
        Assert.Null(await waiting[0].WaitAsync(TimeSpan.FromSeconds(30)));
        budget.Leave(hasMissed: true);
        budget.Leave(hasMissed: true);
        Assert.All(waiting[1..], turn => Assert.False(turn.IsCompleted));

        budget.Leave(hasMissed: true);
        foreach (var turn in waiting[1..])
            Assert.Equal(TimeSpan.FromMinutes(1), await turn.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task One_that_goes_away_while_it_waits_takes_no_place()
    {
        var budget = new MissBudget(new MissLimits(PerMinute: 1, PerDay: 9), clock);
        using var gone = new CancellationTokenSource();
        Assert.Null(await budget.EnterAsync(CancellationToken.None));
        var leaving = budget.EnterAsync(gone.Token).AsTask();
        var staying = budget.EnterAsync(CancellationToken.None).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        budget.Leave(hasMissed: false);

        Assert.Null(await staying.WaitAsync(TimeSpan.FromSeconds(30)));
        budget.Leave(hasMissed: false);
        Assert.True(budget.IsIdle);
    }

    [Fact]
    public async Task It_is_idle_when_nothing_is_under_way_and_nothing_left_to_remember()
    {
        var budget = new MissBudget(Limits, clock);
        Assert.Null(await budget.EnterAsync(CancellationToken.None));
        Assert.False(budget.IsIdle);
        budget.Leave(hasMissed: true);
        clock.Advance(TimeSpan.FromHours(23));
        Assert.False(budget.IsIdle);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(budget.IsIdle);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task Setting_the_time_of_day_neither_ends_nor_lengthens_a_window(int days)
    {
        var budget = new MissBudget(Limits, clock);
        clock.Set(Instants.Start.AddDays(days));
        for (var miss = 0; miss < Limits.PerMinute; miss++)
            Assert.Null(await MissAsync(budget, 0));
        clock.Set(Instants.Start);

        Assert.Equal(TimeSpan.FromSeconds(60), await MissAsync(budget, 0));
        Assert.Equal(TimeSpan.FromSeconds(10), await MissAsync(budget, 50));
        Assert.Null(await MissAsync(budget, 60));
    }

    [Fact]
    public async Task One_that_waited_is_told_what_is_left_of_the_window_then()
    {
        var budget = new MissBudget(new MissLimits(PerMinute: 1, PerDay: 9), clock);
        Assert.Null(await budget.EnterAsync(CancellationToken.None));
        var waiting = budget.EnterAsync(CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromMinutes(5));
        budget.Leave(hasMissed: true);

        Assert.Equal(TimeSpan.FromMinutes(1), await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <param name="second">The time since the test began, never earlier than in the last call.</param>
    private async Task<TimeSpan?> MissAsync(MissBudget budget, int second)
    {
        clock.Advance(TimeSpan.FromSeconds(second) - clock.GetElapsedTime(0));
        var wait = await budget.EnterAsync(CancellationToken.None);
        if (wait is null)
            budget.Leave(hasMissed: true);
        return wait;
    }
}
