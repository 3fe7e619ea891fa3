using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// Sites that write at the same moment share a commit if the store allows it, and nothing else: a failure of one does not affect the
/// others.
/// </summary>
public sealed class SharedCommitTests : IDisposable
{
    private const int Sites = 5;
    private const long Failing = 3;

    private readonly PipelineFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Sites_that_write_at_the_same_moment_share_a_commit()
    {
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var sent = SendToAll(site => $"create A{site}=500 B");
        fixture.Store.LetGo();
        await first;

        foreach (var answer in await Task.WhenAll(sent))
            Assert.StartsWith("Accepted", OutcomeText.Of(answer.Outcome), StringComparison.Ordinal);

        Assert.Equal(fixture.Store.SharesCommits ? 2 : 1 + Sites, fixture.Store.Commits);
        for (var site = 1L; site <= Sites; site++)
            Assert.Equal($"A{site} B", await CodesAsync(site, after: site == 1 ? 1 : 0));
    }

    [Fact]
    public async Task A_site_that_fails_takes_no_other_with_it_and_none_of_its_own_is_stored()
    {
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var sent = SendToAll(site => $"create A{site}=500 B");
        var poison = fixture.SendAsync(((CreateCertificates)PipelineFixture.Poison) with { Origin = new(Failing, CommandText.Actor) });
        fixture.Store.LetGo();
        await first;

        await Assert.ThrowsAnyAsync<Exception>(() => poison);
        await Task.WhenAll(sent);

        for (var site = 1L; site <= Sites; site++)
            Assert.Equal($"A{site} B", await CodesAsync(site, after: site == 1 ? 1 : 0));
    }

    [Fact]
    public async Task A_retry_among_other_sites_has_its_first_outcome_and_no_second_effect()
    {
        await fixture.SendAsync(CommandText.Parse("create A B", Failing, CommandText.Identity("key", "request")));
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var sent = SendToAll(site => site == Failing ? "create C" : $"create A{site}");
        var again = fixture.SendAsync(CommandText.Parse("create A B", Failing, CommandText.Identity("key", "request")));
        fixture.Store.LetGo();
        await first;

        Assert.Equal(("Accepted 1:A=0/on v1, 2:B=0/on v1", true), (OutcomeText.Of((await again).Outcome), (await again).IsReplay));
        await Task.WhenAll(sent);
        Assert.Equal("A B C", await CodesAsync(Failing));
    }

    [Fact]
    public async Task A_site_that_keeps_retrying_makes_no_other_run_twice()
    {
        var first = await fixture.SendAsync(CommandText.Parse("create A B", Failing, CommandText.Identity("key", "request")));
        await WriteAmongOthersAsync(round: 1);
        var begun = fixture.Store.Begun;

        Assert.Equal(OutcomeText.Of(first.Outcome), await WriteAmongOthersAsync(round: 2));

        Assert.Equal(1 + (fixture.Store.SharesCommits ? 1 : Sites), fixture.Store.Begun - begun);

        async Task<string> WriteAmongOthersAsync(int round)
        {
            var before = await fixture.HoldBeforeAsync($"create FIRST{round}");
            var sent = Enumerable.Range(1, Sites).Select(site => fixture.SendAsync(site == Failing
                ? CommandText.Parse("create A B", Failing, CommandText.Identity("key", "request"))
                : CommandText.Parse($"create {round}", site, CommandText.Identity($"key-{round}", "request")))).ToList();
            fixture.Store.LetGo();
            await before;
            return OutcomeText.Of((await Task.WhenAll(sent))[(int)Failing - 1].Outcome);
        }
    }

    [Fact]
    public async Task When_the_answer_of_a_shared_commit_was_lost_each_write_with_a_key_finds_its_own()
    {
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var sent = Enumerable.Range(2, Sites - 1)
            .Select(site => fixture.SendAsync(CommandText.Parse($"create A{site}", site, CommandText.Identity($"key-{site}", "request"))))
            .ToList();
        var keyless = fixture.SendAsync(CommandText.Parse("create K", Sites + 1));
        fixture.Store.AnswersToLose = fixture.Store.SharesCommits ? 2 : 1 + Sites;
        fixture.Store.LosesRetries = false;
        fixture.Store.LetGo();

        Assert.Equal(StorageFault.OutcomeUnknown, (await Assert.ThrowsAsync<StorageException>(() => first)).Fault);
        Assert.Equal(StorageFault.OutcomeUnknown, (await Assert.ThrowsAsync<StorageException>(() => keyless)).Fault);
        foreach (var answer in await Task.WhenAll(sent))
            Assert.True(answer.IsReplay);
        for (var site = 2L; site <= Sites; site++)
            Assert.Equal($"A{site}", await CodesAsync(site));
        Assert.Equal("K", await CodesAsync(Sites + 1));
    }

    [Fact]
    public async Task Holds_of_a_site_that_run_out_end_before_its_share_is_decided()
    {
        var clock = new ShiftingClock();
        using var other = new PipelineFixture(time: clock);
        await other.SendAsync(CommandText.Parse("create A=100", Failing));
        await other.SendAsync(CommandText.Parse("hold A 100 R1 until 60", Failing, CommandText.Identity("hold", "request")));
        clock.Now += TimeSpan.FromSeconds(61);
        var first = await other.HoldBeforeAsync("create FIRST");
        var neighbour = other.SendAsync(CommandText.Parse("create B", 2));
        var payment = other.SendAsync(CommandText.Parse("redeem A 100 R2", Failing, CommandText.Identity("pay", "request")));
        other.Store.LetGo();
        await Task.WhenAll(first, neighbour, payment);

        Assert.StartsWith("Captured", OutcomeText.Of((await payment).Outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_with_a_great_many_holds_that_cannot_end_shares_commits_all_the_same()
    {
        var clock = new ShiftingClock();
        using var other = new PipelineFixture(time: clock);
        await other.SendAsync(CommandText.Parse("create A=1000", Failing));
        await Task.WhenAll(Enumerable.Range(1, LedgerContents.MaxOverdueHolds).Select(hold => other.SendAsync(
            CommandText.Parse($"hold A 1 R{hold} until 60", Failing, CommandText.Identity($"hold-{hold}", "request")))));
        other.Database.Execute($"update certificate set held = 0 where site_id = {Failing}");
        clock.Now += TimeSpan.FromSeconds(61);
        var commits = other.Store.Commits;
        var first = await other.HoldBeforeAsync("create FIRST");
        var neighbour = other.SendAsync(CommandText.Parse("create B", 2));
        var payment = other.SendAsync(CommandText.Parse("redeem A 100 R", Failing, CommandText.Identity("pay", "request")));
        other.Store.LetGo();
        await Task.WhenAll(first, neighbour, payment);

        Assert.StartsWith("Captured", OutcomeText.Of((await payment).Outcome), StringComparison.Ordinal);
        Assert.Equal(other.Store.SharesCommits ? 2 : 3, other.Store.Commits - commits);
    }

    private List<Task<WriteAnswer>> SendToAll(Func<long, string> request) =>
        [.. Enumerable.Range(1, Sites).Select(site => fixture.SendAsync(CommandText.Parse(request(site), site)))];

    private async Task<string> CodesAsync(long siteId, long after = 0)
    {
        var query = new CertificateQuery { AfterId = after };
        await using var rows = await fixture.Store.Inner.QueryAsync(siteId, query, CancellationToken.None);
        var codes = new List<string>();
        while (await rows.ReadAsync(CancellationToken.None))
            codes.Add(System.Text.Encoding.UTF8.GetString(rows.Current.Code));
        return string.Join(' ', codes);
    }

    private sealed class ShiftingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Instants.Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
