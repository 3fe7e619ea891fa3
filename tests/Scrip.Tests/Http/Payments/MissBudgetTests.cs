using Scrip.Server.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.Payments;

/// <summary>The budget for wrong codes of one caller, while time goes by.</summary>
public sealed class MissBudgetTests
{
    private static readonly MissLimits Limits = new(PerMinute: 3, PerDay: 5);

    [Fact]
    public async Task What_missed_is_forgotten_a_minute_after_the_first()
    {
        var budget = new MissBudget(Limits);
        foreach (var second in new[] { 0, 30, 50 })
            Assert.Null(await MissAsync(budget, second));

        Assert.Equal(TimeSpan.FromSeconds(10), await MissAsync(budget, 50));
        Assert.Equal(TimeSpan.FromSeconds(1), await MissAsync(budget, 59));
        Assert.Null(await MissAsync(budget, 60));
    }

    [Fact]
    public async Task A_day_has_a_budget_of_its_own()
    {
        var budget = new MissBudget(Limits);
        foreach (var minute in new[] { 0, 2, 4, 6, 8 })
            Assert.Null(await MissAsync(budget, minute * 60));

        Assert.Equal(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(10), await MissAsync(budget, 600));
        Assert.Null(await MissAsync(budget, 24 * 60 * 60));
    }

    [Fact]
    public async Task What_hits_costs_nothing()
    {
        var budget = new MissBudget(Limits);
        for (var hit = 0; hit < 50; hit++)
        {
            Assert.Null(await budget.EnterAsync(Instants.Start, CancellationToken.None));
            budget.Leave(hasMissed: false, Instants.Start);
        }
        Assert.True(budget.IsIdle(Instants.Start));
    }

    [Fact]
    public async Task Those_beyond_the_budget_wait_for_those_before_and_go_on_or_are_told()
    {
        var budget = new MissBudget(Limits);
        var entered = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => budget.EnterAsync(Instants.Start, CancellationToken.None).AsTask()));
        Assert.All(entered, wait => Assert.Null(wait));
        var waiting = Enumerable.Range(0, 4).Select(_ => budget.EnterAsync(Instants.Start, CancellationToken.None).AsTask()).ToList();
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));

        // One found its code: the first in the line goes on. Two missed: there is one place left, and it is taken.
        budget.Leave(hasMissed: false, Instants.Start);
        Assert.Null(await waiting[0].WaitAsync(TimeSpan.FromSeconds(30)));
        budget.Leave(hasMissed: true, Instants.Start);
        budget.Leave(hasMissed: true, Instants.Start);
        Assert.All(waiting[1..], turn => Assert.False(turn.IsCompleted));

        budget.Leave(hasMissed: true, Instants.Start);
        foreach (var turn in waiting[1..])
            Assert.Equal(TimeSpan.FromMinutes(1), await turn.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task One_that_goes_away_while_it_waits_takes_no_place()
    {
        var budget = new MissBudget(new MissLimits(PerMinute: 1, PerDay: 9));
        using var gone = new CancellationTokenSource();
        Assert.Null(await budget.EnterAsync(Instants.Start, CancellationToken.None));
        var leaving = budget.EnterAsync(Instants.Start, gone.Token).AsTask();
        var staying = budget.EnterAsync(Instants.Start, CancellationToken.None).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        budget.Leave(hasMissed: false, Instants.Start);

        Assert.Null(await staying.WaitAsync(TimeSpan.FromSeconds(30)));
        budget.Leave(hasMissed: false, Instants.Start);
        Assert.True(budget.IsIdle(Instants.Start));
    }

    [Fact]
    public async Task It_is_idle_when_nothing_is_under_way_and_nothing_left_to_remember()
    {
        var budget = new MissBudget(Limits);
        Assert.Null(await budget.EnterAsync(Instants.Start, CancellationToken.None));
        Assert.False(budget.IsIdle(Instants.Start));
        budget.Leave(hasMissed: true, Instants.Start);
        Assert.False(budget.IsIdle(Instants.Start.AddHours(23)));
        Assert.True(budget.IsIdle(Instants.Start.AddHours(24)));
    }

    private static async Task<TimeSpan?> MissAsync(MissBudget budget, int second)
    {
        var wait = await budget.EnterAsync(Instants.Later(second), CancellationToken.None);
        if (wait is null)
            budget.Leave(hasMissed: true, Instants.Later(second));
        return wait;
    }
}
