using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Keys, references and new codes are presumed new, but no response relies on that alone.</summary>
public sealed class PresumptionTests
{
    [Fact]
    public async Task What_is_there_already_is_refused_by_its_unique_key_and_then_looked_up()
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A B C");
        Assert.Equal(1, fixture.Store.Begun);
        Assert.Equal("Conflict(2) 0 CodeTaken 2, 2 CodeTaken 1", await fixture.WriteAsync("create B D A", "key"));
        Assert.Equal(3, fixture.Store.Begun);
        Assert.Equal("Conflict(2) 0 CodeTaken 2, 2 CodeTaken 1", await fixture.WriteAsync("create B D A", "key"));
        Assert.Equal(5, fixture.Store.Begun);
        // After one retry, the next one is expected.
        Assert.Equal("Conflict(2) 0 CodeTaken 2, 2 CodeTaken 1", await fixture.WriteAsync("create B D A", "key"));
        Assert.Equal(6, fixture.Store.Begun);
        Assert.Equal("1:A=0/on v1, 2:B=0/on v1, 3:C=0/on v1", await fixture.ListedAsync());
    }

    [Fact]
    public async Task A_payment_that_was_made_is_found_while_the_certificate_could_pay_it_again()
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A=500");
        var first = await fixture.SendAsync("redeem A 100 R1", "key");
        Assert.Equal("Captured 1:R1 of 1:A 100-100+0 balance 400", OutcomeText.Of(first.Outcome));
        var again = await fixture.SendAsync("redeem A 100 R1", "key");
        Assert.Equal((OutcomeText.Of(first.Outcome), true), (OutcomeText.Of(again.Outcome), again.IsReplay));
        Assert.Equal(WriteAnswer.KeyReused, await fixture.SendAsync("redeem A 100 R2", "key", body: "another"));
        Assert.Equal("DuplicateReference 1", await fixture.WriteAsync("redeem A 100 R1"));
        Assert.Equal("DuplicateReference 1", await fixture.WriteAsync("redeem A 100 R1", "other"));
        Assert.Equal("Captured 2:R2 of 1:A 100-100+0 balance 300", await fixture.WriteAsync("redeem A 100 R2"));
    }

    [Theory]
    [InlineData("redeem A all R1", "Spent")]
    [InlineData("update 1:A/off", "Inactive")]
    [InlineData("update 1:B", "NotFound")]
    public async Task And_where_it_would_be_refused_for_another_reason(string change, string otherwise)
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A=500");
        var first = await fixture.SendAsync("redeem A 500 R0", "key");
        await fixture.WriteAsync(change);
        Assert.Equal(otherwise, await fixture.WriteAsync("redeem A 500 R2"));
        var again = await fixture.SendAsync("redeem A 500 R0", "key");
        Assert.Equal((OutcomeText.Of(first.Outcome), true), (OutcomeText.Of(again.Outcome), again.IsReplay));
        Assert.Equal(
            otherwise == "NotFound" ? otherwise : "DuplicateReference 1", await fixture.WriteAsync("redeem A 500 R0"));
    }

    [Fact]
    public async Task A_refusal_goes_with_the_next_group_and_its_neighbours_do_not_wait_for_it()
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A=100 B=100");
        var first = await fixture.HoldBeforeAsync("create FIRST");
        string[] requests = ["redeem A 60 R1", "redeem A 60 R2", "redeem B 10 R3", "redeem A 50 R4"];
        var group = requests.Select((request, at) => fixture.SendAsync(request, $"key {at}")).ToList();
        fixture.Store.LetGo();
        await first;
        Assert.Equal(
            [
                "Captured 1:R1 of 1:A 60-60+0 balance 40", "InsufficientBalance 40", "Captured 2:R3 of 2:B 10-10+0 balance 90",
                "InsufficientBalance 40",
            ],
            (await Task.WhenAll(group)).Select(answer => OutcomeText.Of(answer.Outcome)));
        Assert.Equal((4, 4), (fixture.Store.Begun, fixture.Store.Commits));
    }

    [Fact]
    public async Task A_reference_that_a_refund_of_the_same_group_frees_is_free_after_it()
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A=100");
        await fixture.WriteAsync("redeem A 50 R1");
        var first = await fixture.HoldBeforeAsync("create FIRST");
        string[] requests = ["redeem A 10 R1", "refund 1", "redeem A 20 R1", "refund 2", "redeem A 30 R1"];
        var group = requests.Select(request => fixture.SendAsync(request)).ToList();
        fixture.Store.LetGo();
        await first;
        Assert.Equal(
            [
                "DuplicateReference 1", "Captured 1:R1 of 1:A 50-50+50 balance 100", "Captured 2:R1 of 1:A 20-20+0 balance 80",
                "Captured 2:R1 of 1:A 20-20+20 balance 100", "Captured 3:R1 of 1:A 30-30+0 balance 70",
            ],
            (await Task.WhenAll(group)).Select(answer => OutcomeText.Of(answer.Outcome)));
    }

    [Theory]
    [InlineData("redeem A 10 R1", "DuplicateReference 1", "release 1")]
    [InlineData("redeem #1 10 R1", "DuplicateReference 1", "release 1")]
    [InlineData("create A", "Conflict(1) 0 CodeTaken 1", "update 1:B")]
    public async Task What_is_given_up_in_the_same_group_is_not_free_before(string taker, string refusal, string giver)
    {
        using var fixture = new PipelineFixture();
        await fixture.WriteAsync("create A=100");
        await fixture.WriteAsync("hold A 50 R1");
        var first = await fixture.HoldBeforeAsync("create FIRST");
        string[] requests = [taker, giver];
        var group = requests.Select(request => fixture.SendAsync(request)).ToList();
        fixture.Store.LetGo();
        await first;
        Assert.Equal(refusal, OutcomeText.Of((await group[0]).Outcome));
        Assert.DoesNotContain("Conflict", OutcomeText.Of((await group[1]).Outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_finishes_a_refusal_that_waits_for_the_next_group()
    {
        using var fixture = new PipelineFixture();
        var first = await fixture.HoldBeforeAsync("create FIRST");
        var refused = fixture.SendAsync("redeem A 60 R1", "key");
        var closing = Task.Run(fixture.Pipeline.Dispose);
        fixture.Store.LetGo();
        await first;
        await closing;
        Assert.Equal("NotFound", OutcomeText.Of((await refused).Outcome));
    }
}
