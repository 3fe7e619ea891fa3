using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>
/// Several processes of the executable start on one empty database. <c>SCRIP_TEST_ROUNDS</c> is how often, each time with a new database.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresStartTests
{
    private const string UpToDate = "The schema is up to date.";

    [Fact]
    public async Task Servers_and_migrations_that_start_at_once_make_the_schema_once_and_all_succeed()
    {
        var rounds = TestSettings.Rounds(byDefault: 3);
        for (var round = 0; round < rounds; round++)
        {
            var database = new TestPostgres();
            // While one session creates the table that all look for, all of them find it missing and wait; then all of them want to create
            // it.
            var starting = new List<Task<ScripProcess>>();
            var migrating = new List<Task<(int Status, string Output, string Errors)>>();
            using (database.Hold("create table schema_version ()"))
            {
                for (var at = 0; at < 2; at++)
                {
                    starting.Add(ScripProcess.ServeAsync(database.Storage));
                    migrating.Add(ScripProcess.RunAsync(["migrate", "--storage", database.Storage]));
                }
                await database.UntilWaitingAsync(sessions: 4);
            }

            var migrated = await Task.WhenAll(migrating);
            Assert.All(migrated, ended => Assert.Equal((0, ""), (ended.Status, ended.Errors)));
            Assert.All(migrated, ended => Assert.EndsWith(UpToDate, ended.Output, StringComparison.Ordinal));
            Assert.True(migrated.Count(ended => ended.Output != UpToDate) <= 1, "The same steps were taken twice.");
            Assert.Equal([$"{SqlFiles.In("Postgres/Migrations").Count()}"], database.Ask("select version from schema_version"));
            Assert.Equal(["default"], database.Ask("select name from site"));

            await using var first = await starting[0];
            await using var second = await starting[1];
            (await first.Client.CreateAsync("""[{"code":"A"}]""")).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
            (await second.Client.CreateAsync("""[{"code":"B"}]""")).Expect(201, """[{"id":2,"code":"B","is_active":true,"value":0}]""");
            Assert.Equal(await first.Client.ListAsync(), await second.Client.ListAsync());
        }
    }
}
