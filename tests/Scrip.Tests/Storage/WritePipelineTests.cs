using System.Data.Common;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public sealed class WritePipelineTests
{
    [Fact]
    public async Task An_answer_comes_after_the_commit()
    {
        using var fixture = new PipelineFixture();
        var answer = await fixture.SendAsync("create A=500");
        Assert.Equal(("Accepted 1:A=500/on v1", false, null), (OutcomeText.Of(answer.Outcome), answer.IsReplay, answer.TraceId));
        Assert.Equal("1:A=500/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task What_waits_together_is_decided_in_order_and_committed_once()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        string[] requests = ["create A=1", "update 2:B=2", "create A", "create B", "update 1:A"];
        var group = requests.Select(request => fixture.SendAsync(request)).ToList();
        fixture.Store.LetGo();
        await first;
        Assert.Equal(
            [
                "Accepted 2:A=1/on v1", "Accepted 2:B=2/on v2", "Accepted 3:A=0/on v1",
                "Conflict(1) 0 CodeTaken 2", "Conflict(1) 0 CodeTaken 3",
            ],
            (await Task.WhenAll(group)).Select(answer => OutcomeText.Of(answer.Outcome)));
        Assert.Equal((2, 2), (fixture.Store.Begun, fixture.Store.Commits));
    }

    [Fact]
    public async Task A_certificate_that_is_created_and_renamed_in_one_group_finds_the_holder_of_its_new_code()
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A");
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var created = fixture.SendAsync("create NEW");
        // It is refused for another reason too, so that no unique key verifies its code.
        var renamed = fixture.SendAsync("update 3:A/v9");
        fixture.Store.LetGo();
        await Task.WhenAll(first, created);

        Assert.Equal("Conflict(1) 0 VersionMismatch 1, 0 CodeTaken 1", OutcomeText.Of((await renamed).Outcome));
    }

    [Fact]
    public async Task A_group_that_changes_nothing_is_not_committed()
    {
        using var fixture = new PipelineFixture();
        Assert.Equal("NotFound(1) 0 NotFound 9", await fixture.WriteAsync("update 9:A"));
        Assert.Equal(0, fixture.Store.Commits);
    }

    [Theory]
    [InlineData(1, 21, 3)]
    [InlineData(4, 5, 3)]
    [InlineData(10, 2, 2)]
    [InlineData(11, 2, 2)]
    [InlineData(0, 20, 2)]
    public async Task A_group_is_bounded_by_its_items(int weight, int commands, int groups)
    {
        using var fixture = new PipelineFixture(new PipelineSettings(MaxGroupItems: 10));
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var all = Enumerable.Range(0, commands)
            .Select(n => fixture.SendAsync($"create {string.Join(' ', Enumerable.Range(0, weight).Select(m => $"C{n}-{m}"))}")).ToList();
        fixture.Store.LetGo();
        await first;
        await Task.WhenAll(all);
        Assert.Equal(1 + groups, fixture.Store.Begun);
    }

    [Fact]
    public async Task What_has_begun_is_committed_when_the_wait_for_it_ends()
    {
        var clock = new SteppedClock();
        using var fixture = new PipelineFixture(time: clock);
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var waiting = fixture.Pipeline.FinishBegunAsync(Site.DefaultId);
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        fixture.Store.LetGo();
        await first;
        Assert.Equal(Instants.Later(1), await waiting);
        Assert.Equal("1:FIRST=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task A_report_given_while_the_clock_was_ahead_dates_nothing()
    {
        var clock = new SteppedClock();
        using var fixture = new PipelineFixture(time: clock);
        clock.Set(Instants.Start.AddDays(60));
        Assert.Equal(Instants.Start.AddDays(60), await fixture.Pipeline.FinishBegunAsync(Site.DefaultId));
        clock.Set(Instants.Start);
        await fixture.WriteAsync("create A");
        Assert.Equal(Instants.Start, Assert.Single(await fixture.ListAsync()).CreatedAt);
    }

    [Fact]
    public async Task A_command_that_fails_does_not_fail_its_neighbours()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var before = fixture.SendAsync("create A", "key-a");
        var poison = fixture.SendAsync(PipelineFixture.Poison);
        var after = fixture.SendAsync("create B");
        fixture.Store.LetGo();
        await first;
        Assert.Equal("Accepted 2:A=0/on v1", OutcomeText.Of((await before).Outcome));
        await Assert.ThrowsAnyAsync<DbException>(() => poison);
        Assert.Equal("Accepted 3:B=0/on v1", OutcomeText.Of((await after).Outcome));
        Assert.Equal("1:FIRST=0/on v1, 2:A=0/on v1, 3:B=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task After_a_command_that_failed_alone_the_writer_goes_on()
    {
        using var fixture = new PipelineFixture();
        await Assert.ThrowsAnyAsync<DbException>(() => fixture.SendAsync(PipelineFixture.Poison));
        Assert.Equal("Accepted 1:A=0/on v1", await fixture.WriteAsync("create A"));
    }

    [Fact]
    public async Task Beyond_the_bound_of_the_queue_a_write_is_refused_at_once()
    {
        using var fixture = new PipelineFixture(new PipelineSettings(MaxQueuedItems: 3));
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var waiting = new[] { fixture.SendAsync("create A B"), fixture.SendAsync("create C") };
        var refused = await Assert.ThrowsAsync<StorageException>(() => fixture.SendAsync("create D"));
        Assert.Equal(StorageFault.Busy, refused.Fault);
        fixture.Store.LetGo();
        await first;
        await Task.WhenAll(waiting);
        Assert.Equal("Accepted 5:D=0/on v1", await fixture.WriteAsync("create D"));
    }

    [Fact]
    public async Task A_command_heavier_than_the_queue_is_let_in_when_nothing_waits()
    {
        using var fixture = new PipelineFixture(new PipelineSettings(MaxQueuedItems: 3));
        Assert.StartsWith("Accepted", await fixture.WriteAsync("create A B C D E"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_commands_and_groups_take_turns_so_that_a_payment_waits_for_one_of_them_at_most()
    {
        using var fixture = new PipelineFixture(new PipelineSettings(MaxGroupItems: 2));
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var large = new[] { fixture.SendAsync("create A1 A2 A3"), fixture.SendAsync("create B1 B2 B3"), fixture.SendAsync("create C1 C2 C3") };
        var small = new[] { fixture.SendAsync("create S1"), fixture.SendAsync("create S2"), fixture.SendAsync("create S3") };
        fixture.Store.LetGo();
        await first;
        await Task.WhenAll([.. large, .. small]);
        Assert.Equal(
            "FIRST A1 A2 A3 S1 S2 B1 B2 B3 S3 C1 C2 C3", string.Join(' ', (await fixture.ListAsync()).Select(certificate => certificate.Code)));
    }

    [Fact]
    public async Task However_many_items_of_large_commands_wait_a_small_one_is_let_in()
    {
        using var fixture = new PipelineFixture(new PipelineSettings(MaxQueuedItems: 6, MaxGroupItems: 2));
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var waiting = new[] { fixture.SendAsync("create A B C"), fixture.SendAsync("create D E F"), fixture.SendAsync("create S") };
        Assert.Equal(StorageFault.Busy, (await Assert.ThrowsAsync<StorageException>(() => fixture.SendAsync("create G H I"))).Fault);
        fixture.Store.LetGo();
        await first;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_is_dropped()
    {
        using var fixture = new PipelineFixture();
        using var gone = new CancellationTokenSource();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var dropped = fixture.Pipeline.ExecuteAsync(CommandText.Parse("create A"), gone.Token);
        var neighbour = fixture.SendAsync("create B");
        await gone.CancelAsync();
        fixture.Store.LetGo();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
        Assert.Equal("Accepted 2:B=0/on v1", OutcomeText.Of((await neighbour).Outcome));
        Assert.Equal("1:FIRST=0/on v1, 2:B=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task A_write_that_has_begun_is_not_cancelled()
    {
        using var fixture = new PipelineFixture();
        using var gone = new CancellationTokenSource();
        fixture.Store.Hold();
        var begun = fixture.Pipeline.ExecuteAsync(CommandText.Parse("create A"), gone.Token);
        await fixture.Store.ArrivalAsync();
        await gone.CancelAsync();
        fixture.Store.LetGo();
        Assert.Equal("Accepted 1:A=0/on v1", OutcomeText.Of((await begun).Outcome));
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_takes_no_more()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var waiting = Enumerable.Range(0, 20).Select(n => fixture.SendAsync($"create A{n}")).ToList();
        var closing = Task.Run(fixture.Pipeline.Dispose);
        while (true)
        {
            // The queue closes at some moment soon; whatever got in before is finished as usual.
            try
            {
                waiting.Add(fixture.SendAsync("create A"));
                await Task.Delay(1);
            }
            catch (StorageException refused)
            {
                Assert.Equal(StorageFault.Unavailable, refused.Fault);
                break;
            }
        }
        Assert.False(closing.IsCompleted);
        fixture.Store.LetGo();
        await first;
        var answers = await Task.WhenAll(waiting);
        await closing;
        Assert.All(answers[..20], answer => Assert.StartsWith("Accepted", OutcomeText.Of(answer.Outcome), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_probe_says_whether_the_store_takes_writes_and_leaves_the_writer_running()
    {
        using var fixture = new PipelineFixture();
        await fixture.Pipeline.ProbeAsync();
        fixture.Database.SetSchemaVersion(99);
        await Assert.ThrowsAsync<StorageException>(fixture.Pipeline.ProbeAsync);
        fixture.Database.SetSchemaVersion(SqliteMigrations.Newest);
        await fixture.Pipeline.ProbeAsync();
        Assert.Equal("Accepted 1:A=0/on v1", await fixture.WriteAsync("create A"));
    }

    [Fact]
    public async Task The_instant_of_an_answer_is_the_one_that_is_stored()
    {
        using var fixture = new PipelineFixture();
        var command = new CreateApiToken("ERP", Scopes.Admin, new byte[] { 1 }, null) { Origin = new(Site.DefaultId, 0) };
        var made = (ApiTokenCreated)(await fixture.SendAsync(command)).Outcome!;
        var access = await fixture.Store.Inner.ReadAccessAsync(CancellationToken.None);
        Assert.Equal(Assert.Single(access.Tokens).CreatedAt, made.CreatedAt);
    }
}
