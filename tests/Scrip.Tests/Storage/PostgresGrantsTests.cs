using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>A role with exactly the grants of docs/operating/postgresql.md.</summary>
[Trait("Database", "Postgres")]
public sealed class PostgresGrantsTests
{
    private const string Page = "docs/operating/postgresql.md";

    [Fact]
    public async Task A_role_with_the_grants_of_the_page_can_serve_and_cannot_touch_what_was_written()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        var role = $"serving_{Guid.NewGuid():n}";
        database.Execute($"create role {role} login");
        var grants = SourceTree.Read(Page).Lines.Where(line => line.StartsWith("grant ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(grants);
        foreach (var grant in grants)
            database.Execute(grant.Replace(" to scrip;", $" to {role};", StringComparison.Ordinal));
        var served = database.Settings with
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString) { Username = role }.ConnectionString,
        };

        using var store = PostgresStore.Open(served, Instants.Start);
        using var pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
        await pipeline.ProbeAsync();
        await SendAsync(new CreateSite("second", Currency.FromStored("MDL"), "Etc/UTC") { Origin = new(Site.DefaultId, 0) });
        var token = (ApiTokenCreated)(await SendAsync(
            new CreateApiToken("ERP", Scopes.Admin, new byte[] { 1 }, null) { Origin = new(Site.DefaultId, 0) }))!;
        await SendAsync(new RevokeApiToken(token.Id) { Origin = new(Site.DefaultId, 0) });
        string[] requests =
        [
            "create A=500 B=100", "update 1:A2/single", "hold B 50 R1", "capture 1 40", "refund 1 10", "hold B 5 R2", "release 2", "redeem A2 100 R3",
        ];
        foreach (var (at, request) in requests.Index())
        {
            var outcome = await SendAsync(CommandText.Parse(request, identity: CommandText.Identity($"key {at}", request)));
            Assert.Matches("^(Accepted|Held|Captured|Released) ", OutcomeText.Of(outcome));
        }

        using var connection = new NpgsqlConnection(served.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        foreach (var statement in new[] { "update entry set amount = 0", "delete from entry", "delete from certificate", "drop table entry" })
        {
            await using var command = new NpgsqlCommand(statement, connection);
            Assert.Equal(
                PostgresErrorCodes.InsufficientPrivilege,
                (await Assert.ThrowsAsync<PostgresException>(command.ExecuteNonQueryAsync)).SqlState);
        }

        async Task<object?> SendAsync(Command command) => (await pipeline.ExecuteAsync(command, CancellationToken.None)).Outcome;
    }
}
