using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// Commits that wait for a standby that does not respond. Locally they are done, but a caller who is told so may lose the write with the
/// machine.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresStandbyTests : IDisposable
{
    private readonly PostgresServer server = PostgresServer.Start();
    private readonly PostgresStore store;
    private readonly WritePipeline pipeline;

    public PostgresStandbyTests()
    {
        Settings = new StoreSettings(server.CreateDatabase(), "USD", "UTC");
        store = PostgresStore.Open(Settings, Instants.Start);
        pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
    }

    private StoreSettings Settings { get; }

    public void Dispose()
    {
        server.ForgetStandby();
        pipeline.Dispose();
        store.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData("pg_cancel_backend")]
    [InlineData("pg_terminate_backend")]
    public async Task A_commit_whose_wait_was_ended_is_acknowledged_when_the_standby_has_it_and_not_before(string ended)
    {
        await WriteAsync("create A", "first");
        await RequireStandbyAsync();
        var waiting = WriteAsync("create B", "key");
        var first = await WaitingCommitAsync();
        server.Ask($"select {ended}({first})");

        // The write is visible to everybody. Its key finds it, and waits.
        await WaitingCommitAsync(besides: first);
        Assert.Equal(2, await store.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = true }, CancellationToken.None));
        Assert.False(waiting.IsCompleted);

        server.ForgetStandby();
        Assert.Equal(("Accepted 2:B=0/on v1", true), await waiting);
    }

    [Fact]
    public async Task Without_a_key_a_commit_whose_wait_was_ended_is_said_to_be_unknown()
    {
        await WriteAsync("create A");
        await RequireStandbyAsync();
        var waiting = WriteAsync("create B");
        server.Ask($"select pg_cancel_backend({await WaitingCommitAsync()})");
        var unknown = await Assert.ThrowsAsync<StorageException>(() => waiting);
        Assert.Equal(StorageFault.OutcomeUnknown, unknown.Fault);
    }

    [Fact]
    public async Task Another_server_does_not_vouch_for_it_either()
    {
        using var otherStore = PostgresStore.Open(Settings, Instants.Start);
        using var other = new WritePipeline(otherStore, TimeProvider.System, new PipelineSettings());
        await WriteAsync("create A");
        await other.ExecuteAsync(CommandText.Parse("update 1:A=1"), CancellationToken.None);
        await RequireStandbyAsync();
        var waiting = WriteAsync("create B", "key");
        var first = await WaitingCommitAsync();
        server.Ask($"select pg_cancel_backend({first})");
        var second = await WaitingCommitAsync(besides: first);

        // The writer of the first command waits with the lock of the site. Once it is ended, the other one gets the lock, finds the key and
        // waits.
        var replay = other.ExecuteAsync(CommandText.Parse("create B", identity: CommandText.Identity("key")), CancellationToken.None);
        server.Ask($"select pg_cancel_backend({second})");
        var third = await WaitingCommitAsync(besides: second);
        Assert.NotEqual(first, third);
        Assert.False(replay.IsCompleted);

        server.ForgetStandby();
        Assert.True((await replay).IsReplay);
        Assert.Equal(StorageFault.OutcomeUnknown, (await Assert.ThrowsAsync<StorageException>(() => waiting)).Fault);
    }

    private async Task<(string Outcome, bool IsReplay)> WriteAsync(string request, string? key = null)
    {
        var command = CommandText.Parse(request, identity: key is null ? null : CommandText.Identity(key));
        var answer = await pipeline.ExecuteAsync(command, CancellationToken.None);
        return (OutcomeText.Of(answer.Outcome), answer.IsReplay);
    }

    private async Task<string> WaitingCommitAsync(string besides = "0")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (server.WaitingCommits() is [var found] && found != besides)
                return found;
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>Waits until the server applies the setting: a commit that waits shows that it does.</summary>
    private async Task RequireStandbyAsync()
    {
        server.RequireStandby();
        while (true)
        {
            var trial = Task.Run(() => server.Ask("select pg_logical_emit_message(true, 'trial', '')"));
            string? waiting = null;
            while (!trial.IsCompleted && waiting is null)
                waiting = server.WaitingCommits().SingleOrDefault();
            if (waiting is not null)
                server.Ask($"select pg_cancel_backend({waiting})");
            await trial;
            if (waiting is not null)
                return;
        }
    }
}
