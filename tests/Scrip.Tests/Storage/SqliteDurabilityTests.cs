using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>What SQLite's durability depends on: the settings of its connections, and that they are checked.</summary>
public sealed class SqliteDurabilityTests : IDisposable
{
    private readonly SqliteDatabase database = new();

    public void Dispose() => database.Dispose();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("wal_autocheckpoint", "0")]
    [InlineData("journal_size_limit", "268435456")]
    [InlineData("cache_size", "-16384")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("query_only", "0")]
    public void The_writer_forces_its_commits(string pragma, string value)
    {
        database.Open().Dispose();
        using var writer = SqliteSession.OpenWriter(database.File);
        Assert.Equal(value, writer.Pragma(pragma));
    }

    [Theory]
    [InlineData("synchronous", "2")]
    [InlineData("wal_autocheckpoint", "0")]
    public void What_checkpoints_forces_too(string pragma, string value)
    {
        database.Open().Dispose();
        using var checkpointer = SqliteSession.OpenCheckpointer(database.File);
        Assert.Equal(value, checkpointer.Pragma(pragma));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("wal_autocheckpoint", "0")]
    [InlineData("query_only", "1")]
    [InlineData("busy_timeout", "5000")]
    public void A_reader_neither_writes_nor_checkpoints(string pragma, string value)
    {
        database.Open().Dispose();
        using var reader = SqliteSession.OpenReader(database.File);
        Assert.Equal(value, reader.Pragma(pragma));
        var refused = Assert.ThrowsAny<Exception>(() => reader.Execute("delete from site"));
        Assert.Contains("readonly", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_committed_is_in_a_copy_of_the_files_of_the_running_store()
    {
        using var store = database.Open();
        var command = CommandText.Parse("create A=500");
        var footprint = new Footprint();
        command.AddTo(footprint);
        using (var transaction = store.Begin(Site.DefaultId, footprint, Instants.Start))
        {
            command.ApplyTo(transaction.State, Instants.Start);
            transaction.Commit();
        }

        // As after a kill: nothing was closed or checkpointed.
        using var copy = new SqliteDatabase();
        foreach (var name in new[] { "scrip.db", "scrip.db-wal" })
            File.Copy(Path.Combine(database.Folder, name), Path.Combine(copy.Folder, name));
        using var reopened = copy.Open();
        var query = new CertificateQuery { Code = "A", MinFaceValue = 500 };
        Assert.Equal(1, await reopened.CountAsync(Site.DefaultId, query, CancellationToken.None));
        Assert.Equal("ok", copy.Ask("pragma integrity_check"));
    }

    [Fact]
    public void The_probe_refuses_a_schema_that_changed_under_it()
    {
        using var store = database.Open();
        database.Ask("pragma user_version = 99");
        Assert.Equal(StorageFault.Unavailable, Assert.Throws<StorageException>(() => store.Probe(Instants.Start)).Fault);
        database.Ask($"pragma user_version = {SqliteMigrations.Newest}");
        store.Probe(Instants.Later(1));
        Assert.Equal("1", database.Ask("select count(*) from probe"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_for_reading_is_an_outage_and_no_defect()
    {
        using var store = database.Open();
        File.Move(database.File, database.File + ".away");
        var fault = await Assert.ThrowsAsync<StorageException>(async () =>
            await store.CountAsync(Site.DefaultId, CertificateQuery.Everything with { AllAttributes = true }, CancellationToken.None));
        Assert.Equal(StorageFault.Unavailable, fault.Fault);

        File.Move(database.File + ".away", database.File);
        Assert.Equal(0, await store.CountAsync(Site.DefaultId, CertificateQuery.Everything with { AllAttributes = true }, CancellationToken.None));
    }

    [Fact]
    public async Task A_list_that_outlives_its_store_ends_without_a_fault()
    {
        var store = database.Open();
        var rows = await store.QueryAsync(Site.DefaultId, CertificateQuery.Everything with { AllAttributes = true }, CancellationToken.None);
        await rows.ReadAsync(CancellationToken.None);
        store.Dispose();
        await rows.DisposeAsync();
        database.Open().Dispose();
    }
}
