using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// How the server reports that it gives up, each case real: the writer begins again, or nothing is stored and the error says so.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresRetryTests : IDisposable
{
    private readonly PostgresDatabase database = new();
    private PostgresStore? store;
    private WritePipeline? pipeline;

    public void Dispose()
    {
        pipeline?.Dispose();
        store?.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task A_writer_whose_connection_is_terminated_between_two_groups_goes_on()
    {
        Start();
        await WriteAsync("create A");
        Terminate("application_name = 'scrip'");
        Assert.Equal("Accepted 2:B=0/on v1", await WriteAsync("create B"));
        Assert.Equal("2", await StoredAsync());
    }

    [Fact]
    public async Task A_group_whose_connection_is_terminated_while_it_waits_is_run_again()
    {
        Start();
        await WriteAsync("create A");
        using var holder = database.Postgres.Hold("select from counter where site_id = 1 for update");
        var waiting = WriteAsync("create B");
        var first = await WaitingWriterAsync();
        Terminate($"pid = {first}");
        Assert.NotEqual(first, await WaitingWriterAsync(besides: first));
        holder.Dispose();
        Assert.Equal("Accepted 2:B=0/on v1", await waiting);
        Assert.Equal("2", await StoredAsync());
    }

    [Fact]
    public async Task A_group_that_is_chosen_to_end_a_deadlock_is_run_again()
    {
        // The writer looks for a deadlock after three seconds, and the other session never does, so the server aborts the writer.
        Start("Options=-c deadlock_timeout=3s");
        await WriteAsync("create A");
        using var other = database.Postgres.Hold("set deadlock_timeout = '1h'; select from access_version where site_id = 0 for update");
        // With a key it first takes the lock of the site, where its record is kept.
        var deadlocked = pipeline!.ExecuteAsync(Token(1, CommandText.Identity("key")), CancellationToken.None);
        await WaitingWriterAsync();
        using (var cross = new NpgsqlCommand("select from counter where site_id = 1 for update", other))
            await cross.ExecuteNonQueryAsync();
        other.Dispose();
        Assert.Equal(1, Assert.IsType<ApiTokenCreated>((await deadlocked).Outcome).Id);
        Assert.Single((await store!.ReadAccessAsync(CancellationToken.None)).Tokens);
        Assert.Equal("1", Assert.Single(database.Ask("select deadlocks from pg_stat_database where datname = current_database()")));
    }

    [Fact]
    public async Task A_group_that_waits_for_too_long_stores_nothing_says_so_and_can_be_sent_again()
    {
        Start("Options=-c lock_timeout=200ms");
        await WriteAsync("create A");
        using (database.Postgres.Hold("select from counter where site_id = 1 for update"))
        {
            var refused = await Assert.ThrowsAsync<StorageException>(() => WriteAsync("create B", "key"));
            Assert.Equal(StorageFault.Busy, refused.Fault);
        }
        Assert.Equal("Accepted 2:B=0/on v1", await WriteAsync("create B", "key"));
        Assert.Equal("2", await StoredAsync());
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_stores_nothing_and_the_next_is_as_ever()
    {
        Start("Options=-c statement_timeout=2s");
        await WriteAsync("create A");
        using (database.Postgres.Hold("select from counter where site_id = 1 for update"))
        {
            var refused = await Assert.ThrowsAsync<StorageException>(() => WriteAsync("create B"));
            Assert.Equal(StorageFault.Busy, refused.Fault);
        }
        Assert.Equal("Accepted 2:B=0/on v1", await WriteAsync("create B"));
    }

    [Fact]
    public async Task A_server_that_has_become_read_only_takes_no_writes_and_takes_them_again()
    {
        Start();
        await WriteAsync("create A");
        database.Ask("do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$");
        Terminate("application_name = 'scrip'");
        var refused = await Assert.ThrowsAsync<StorageException>(() => WriteAsync("create B"));
        Assert.Equal(StorageFault.Interrupted, refused.Fault);
        database.Ask(
            """
            begin read write;
            do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$;
            commit
            """);
        string? outcome = null;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (outcome is null)
        {
            try
            {
                outcome = await WriteAsync("create B");
            }
            catch (StorageException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
        Assert.Equal("Accepted 2:B=0/on v1", outcome);
    }

    [Fact]
    public async Task Two_servers_whose_role_has_serializable_transactions_by_default_write_at_once_as_ever()
    {
        const int writes = 100;
        const string serializable = "Options=-c default_transaction_isolation=serializable";
        Start(serializable);
        using var otherStore = Open(serializable);
        using var other = new WritePipeline(otherStore, TimeProvider.System, new PipelineSettings());
        await Task.WhenAll(WriteAllAsync(pipeline!, "A"), WriteAllAsync(other, "B"));
        Assert.Equal($"{2 * writes}", await StoredAsync());

        static async Task WriteAllAsync(WritePipeline server, string name)
        {
            for (var at = 0; at < writes; at++)
                await server.ExecuteAsync(CommandText.Parse($"create {name}{at}"), CancellationToken.None);
        }
    }

    private void Start(string options = "")
    {
        store = Open(options);
        pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
    }

    private PostgresStore Open(string options) => PostgresStore.Open(
        database.Settings with { ConnectionString = $"{database.Settings.ConnectionString};{options}" }, Instants.Start);

    private async Task<string> WriteAsync(string request, string? key = null)
    {
        var command = CommandText.Parse(request, identity: key is null ? null : CommandText.Identity(key));
        return OutcomeText.Of((await pipeline!.ExecuteAsync(command, CancellationToken.None)).Outcome);
    }

    private async Task<string> StoredAsync() =>
        $"{await store!.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = true }, CancellationToken.None)}";

    private static CreateApiToken Token(byte hash, RequestIdentity? identity = null) =>
        new("ERP", Scopes.Admin, new byte[] { hash }, null) { Origin = new(Site.DefaultId, Actors.Operator, identity) };

    private void Terminate(string whom) => database.Ask(
        $"select pg_terminate_backend(pid, 30000)::text from pg_stat_activity where datname = current_database() and {whom}");

    private async Task<string> WaitingWriterAsync(string besides = "0") =>
        Assert.Single(await database.Postgres.UntilWaitingAsync(sessions: 1, besides));
}
