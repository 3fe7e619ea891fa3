using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>One key, one effect, however often and whenever a command is sent again, and whichever response was lost.</summary>
public sealed class PipelineRetryTests
{
    [Fact]
    public async Task The_same_command_sent_at_once_has_one_effect_and_one_outcome()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var sent = Enumerable.Range(0, 20).Select(_ => fixture.SendAsync("create A=500 B", "key")).ToList();
        fixture.Store.LetGo();
        await first;
        var answers = await Task.WhenAll(sent);
        Assert.All(answers, answer => Assert.Equal("Accepted 2:A=500/on v1, 3:B=0/on v1", OutcomeText.Of(answer.Outcome)));
        Assert.All(answers, answer => Assert.Equal("trace-of-key", answer.TraceId));
        Assert.Equal(1, answers.Count(answer => !answer.IsReplay));
        Assert.Equal("1:FIRST=0/on v1, 2:A=500/on v1, 3:B=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task Racing_threads_with_few_keys_have_one_effect_for_each_key()
    {
        using var fixture = new PipelineFixture();
        var sent = Enumerable.Range(0, 200).Select(n => n % 10)
            .Select(key => Task.Run(async () => (Key: key, Answer: await fixture.SendAsync($"create C{key}", $"key-{key}"))));
        foreach (var sameKey in (await Task.WhenAll(sent)).GroupBy(write => write.Key))
        {
            Assert.Single(sameKey.Select(write => OutcomeText.Of(write.Answer.Outcome)).Distinct());
            Assert.Equal(1, sameKey.Count(write => !write.Answer.IsReplay));
        }
        Assert.Equal(10, (await fixture.ListedAsync()).Split(", ").Length);
    }

    [Fact]
    public async Task A_retry_after_a_restart_has_the_first_outcome_though_things_have_changed()
    {
        using var fixture = new PipelineFixture();
        Assert.Equal("Accepted 1:A=500/on v1", await fixture.WriteAsync("create A=500", "key"));
        await fixture.WriteAsync("update 1:B=7/off");
        fixture.Restart();
        var again = await fixture.SendAsync("create A=500", "key");
        Assert.Equal(("Accepted 1:A=500/on v1", true), (OutcomeText.Of(again.Outcome), again.IsReplay));
        Assert.Equal("1:B=7/off v2", await fixture.ListedAsync());
    }

    [Fact]
    public async Task A_refusal_is_remembered_like_an_acceptance()
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A");
        Assert.Equal("Conflict(1) 0 CodeTaken 1", await fixture.WriteAsync("create A", "key"));
        await fixture.WriteAsync("update 1:B");
        Assert.Equal("Conflict(1) 0 CodeTaken 1", await fixture.WriteAsync("create A", "key"));
        Assert.Equal("Accepted 2:A=0/on v1", await fixture.WriteAsync("create A", "another-key"));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused_at_once_and_later()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var original = fixture.SendAsync("create A", "key", body: "A");
        var other = fixture.SendAsync("create B", "key", body: "B");
        fixture.Store.LetGo();
        await first;
        Assert.Equal("Accepted 2:A=0/on v1", OutcomeText.Of((await original).Outcome));
        Assert.Same(WriteAnswer.KeyReused, await other);
        Assert.Same(WriteAnswer.KeyReused, await fixture.SendAsync("create C", "key", body: "C"));
        Assert.Equal("1:FIRST=0/on v1, 2:A=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_key()
    {
        using var fixture = new PipelineFixture();
        var identity = CommandText.Identity("key");
        await fixture.SendAsync("create A", "key");
        var command = CommandText.Parse("create B", identity: identity);
        var answer = await fixture.SendAsync(command with { Origin = command.Origin with { Actor = CommandText.Actor + 1 } });
        Assert.Equal(("Accepted 2:B=0/on v1", false), (OutcomeText.Of(answer.Outcome), answer.IsReplay));
    }

    [Fact]
    public async Task Without_a_key_a_retry_is_a_new_write()
    {
        using var fixture = new PipelineFixture();
        Assert.Equal("Accepted 1:A=0/on v1", await fixture.WriteAsync("create A"));
        Assert.Equal("Conflict(1) 0 CodeTaken 1", await fixture.WriteAsync("create A"));
    }

    [Fact]
    public async Task After_a_lost_answer_those_with_a_key_are_told_their_outcome_and_the_others_that_it_is_unknown()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var withKey = fixture.SendAsync("create A", "key");
        var without = fixture.SendAsync("create B");
        fixture.Store.LetGo();
        await first;
        await Task.WhenAll(withKey, without);

        var second = await fixture.HoldBeforeAsync("create SECOND");
        withKey = fixture.SendAsync("create C", "key-c");
        without = fixture.SendAsync("create D");
        fixture.Store.AnswersToLose = 2;
        fixture.Store.LetGo();
        await Assert.ThrowsAsync<StorageException>(() => second);
        Assert.Equal("Accepted 5:C=0/on v1", OutcomeText.Of((await withKey).Outcome));
        Assert.Equal(StorageFault.OutcomeUnknown, (await Assert.ThrowsAsync<StorageException>(() => without)).Fault);
        Assert.Equal(6, (await fixture.ListedAsync()).Split(", ").Length);
    }

    [Fact]
    public async Task A_lone_write_with_a_key_finds_out_what_became_of_it()
    {
        using var fixture = new PipelineFixture();
        fixture.Store.AnswersToLose = 1;
        Assert.Equal("Accepted 1:A=0/on v1", await fixture.WriteAsync("create A", "key"));
        Assert.Equal("1:A=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task When_finding_out_fails_too_the_outcome_is_still_unknown()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var writes = new[] { fixture.SendAsync("create A", "key-a"), fixture.SendAsync("create B", "key-b") };
        fixture.Store.OutageFrom = 3;
        fixture.Store.AnswersToLose = 2;
        fixture.Store.LetGo();
        await Assert.ThrowsAsync<StorageException>(() => first);
        foreach (var write in writes)
            Assert.Equal(StorageFault.OutcomeUnknown, (await Assert.ThrowsAsync<StorageException>(() => write)).Fault);

        fixture.Store.OutageFrom = int.MaxValue;
        Assert.Equal("Accepted 2:A=0/on v1", await fixture.WriteAsync("create A", "key-a"));
    }
}
