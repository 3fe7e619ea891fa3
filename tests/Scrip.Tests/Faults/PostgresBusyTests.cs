using Scrip.Tests.Support;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Faults;

/// <summary>A rival session of the database has the lock that the writer waits for.</summary>
[Trait("Database", "Postgres")]
public sealed class PostgresBusyTests
{
    private const string LockOfSite = "select from counter where site_id = 1 for update";

    private readonly TestPostgres database = new();

    [Fact]
    public async Task A_write_that_waits_for_too_long_is_refused_and_is_done_when_it_comes_again_with_its_key()
    {
        await using var scrip = await ScripProcess.ServeAsync(database.Storage + ";Options=-c lock_timeout=200ms");
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A","value":10}]""")).Status);
        const string payment = """{"certificate_id":1,"amount":"1.00","reference":"R"}""";
        using (database.Hold(LockOfSite))
        {
            var refused = (await scrip.Client.RedeemAsync(payment, "key")).ExpectProblem(503, "unavailable");
            Assert.Equal("1", refused.Header("Retry-After"));
            Assert.Equal("Too many requests are waiting. Nothing was stored; try again.", refused.Detail());
            Assert.Equal("\"0.00\"", await scrip.Client.AttributeAsync(1, "spent"));
        }
        var done = await scrip.Client.RedeemAsync(payment, "key");
        Assert.Equal((201, null), (done.Status, done.Header("Idempotent-Replayed")));
        Assert.Equal(done.Body, (await scrip.Client.RedeemAsync(payment, "key")).Body);
        Assert.Equal("\"1.00\"", await scrip.Client.AttributeAsync(1, "spent"));
    }

    [Fact]
    public async Task Holds_that_run_out_while_nothing_is_written_give_their_amounts_back_to_whoever_asks()
    {
        await using var scrip = await ScripProcess.ServeAsync(database.Storage + ";Options=-c lock_timeout=200ms");
        var reads = new ReadsWithoutWrites(scrip.Client, DateTimeOffset.UtcNow.AddSeconds(4), refusal: 503);
        await reads.OpenAsync();
        using (database.Hold(LockOfSite))
            await reads.ExpectToldAsync();
        await reads.ExpectWrittenAsync();
    }

    [Fact]
    public async Task A_server_whose_writers_are_stuck_says_that_it_is_not_ready_and_does_not_keep_whoever_asks_waiting()
    {
        await using var scrip = await ScripProcess.ServeAsync(database.Storage, ("SCRIP_WRITERS", "1"));
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A"}]""")).Status);
        Task<Answer> writing;
        using (database.Hold(LockOfSite))
        {
            writing = scrip.Client.CreateAsync("""[{"code":"B"}]""");
            await database.UntilWaitingAsync(sessions: 1);
            (await scrip.Client.FetchAsync("/health/ready")).ExpectProblem(503, "unavailable");
            Assert.False(writing.IsCompleted);
        }
        Assert.Equal(201, (await writing).Status);
        await scrip.Client.UntilAsync("/health/ready", 200);
    }
}
