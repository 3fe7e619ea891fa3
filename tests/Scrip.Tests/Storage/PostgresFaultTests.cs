using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// How the writer handles each SqlState with which a server, or a proxy in front of several, may end a transaction. The server raises it
/// itself, for an inserted row or at the commit.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresFaultTests : IDisposable
{
    private readonly PostgresDatabase database = new();
    private readonly PostgresStore store;
    private readonly WritePipeline pipeline;

    public PostgresFaultTests()
    {
        store = PostgresStore.Open(database.Settings, Instants.Start);
        pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
    }

    public void Dispose()
    {
        pipeline.Dispose();
        store.Dispose();
        database.Dispose();
    }

    [Theory]
    [InlineData("40001", "stored", "stored")]
    [InlineData("40P01", "stored", "stored")]
    [InlineData("25006", "stored", "stored")]
    [InlineData("40003", "stored", "OutcomeUnknown")]
    [InlineData("08006", "stored", "OutcomeUnknown")]
    [InlineData("08007", "stored", "OutcomeUnknown")]
    [InlineData("57P01", "stored", "OutcomeUnknown")]
    [InlineData("57P02", "stored", "OutcomeUnknown")]
    [InlineData("57P03", "stored", "OutcomeUnknown")]
    [InlineData("55P03", "Busy", "Busy")]
    [InlineData("57014", "Busy", "Busy")]
    [InlineData("53200", "Unavailable", "Unavailable")]
    [InlineData("53300", "Unavailable", "Unavailable")]
    [InlineData("58030", "Unavailable", "Unavailable")]
    [InlineData("53100", "DiskFull", "DiskFull")]
    public async Task A_group_that_ends_so_is_run_again_or_its_callers_are_told_what_is_known(
        string sqlState, string withKey, string withoutKey)
    {
        await WriteAsync("create FIRST", key: null);
        foreach (var moment in new[] { "not deferrable", "deferrable initially deferred" })
        {
            RaiseOnce(sqlState, moment);
            Assert.Equal(withKey, await WriteAsync($"create KEYED-{moment.Length}", $"key-{moment.Length}"));
            // A caller who is told anything else sends the command again.
            Assert.Equal("stored", await WriteAsync($"create KEYED-{moment.Length}", $"key-{moment.Length}"));
            RaiseOnce(sqlState, moment);
            Assert.Equal(withoutKey, await WriteAsync($"create PLAIN-{moment.Length}", key: null));
        }
        var plain = withoutKey == "stored" ? 2 : 0;
        Assert.Equal(3 + plain, await store.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = true }, CancellationToken.None));
    }

    /// <summary>Raises the error the next time that a certificate is inserted; a sequence is not rolled back.</summary>
    /// <param name="moment">A deferred trigger fires at the commit.</param>
    private void RaiseOnce(string sqlState, string moment) => database.Ask(
        $"""
        drop trigger if exists raise_once on certificate;
        drop function if exists raise_once;
        drop sequence if exists raised;
        create sequence raised;
        create function raise_once() returns trigger language plpgsql as $$
        begin
            if nextval('raised') = 1 then raise exception 'Raised by the test.' using errcode = '{sqlState}'; end if;
            return null;
        end $$;
        create constraint trigger raise_once after insert on certificate {moment} for each row execute function raise_once()
        """);

    private async Task<string> WriteAsync(string request, string? key)
    {
        try
        {
            var command = CommandText.Parse(request, identity: key is null ? null : CommandText.Identity(key));
            var answer = await pipeline.ExecuteAsync(command, CancellationToken.None);
            Assert.StartsWith("Accepted", OutcomeText.Of(answer.Outcome), StringComparison.Ordinal);
            return "stored";
        }
        catch (StorageException refused)
        {
            return refused.Fault.ToString();
        }
    }
}
