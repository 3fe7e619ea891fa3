using System.Globalization;
using Npgsql;
using Scrip.Ledger;
using Scrip.Storage;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public sealed class PostgresDatabase : TestDatabase
{
    public PostgresDatabase() => Settings = new StoreSettings(Postgres.Storage, "MDL", "Europe/Chisinau");

    public TestPostgres Postgres { get; } = new("MDL", "Europe/Chisinau");

    public StoreSettings Settings { get; }

    public override IStore Open() => PostgresStore.Open(Settings, MadeAt);

    public IReadOnlyList<string> Ask(string sql) => Postgres.Ask(sql);

    public override IReadOnlyList<Entry> ReadEntries(long siteId)
    {
        using var connection = Postgres.Connect();
        using var command = new NpgsqlCommand(
            """
            select id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor, created_at
            from entry where site_id = $1 order by id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = siteId });
        using var row = command.ExecuteReader();
        var entries = new List<Entry>();
        while (row.Read())
        {
            entries.Add(new Entry(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (EntryKind)row.GetInt64(4), row.GetInt64(5),
                row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.IsDBNull(9) ? null : row.GetString(9), row.GetInt64(10),
                DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(11))));
        }
        return entries;
    }

    public override void Execute(string sql) => Ask(sql);

    public override void SetSchemaVersion(int version) =>
        Ask(string.Create(CultureInfo.InvariantCulture, $"update schema_version set version = {version}"));

    public override void Dispose()
    {
        // A server of the test run is deleted with its databases.
        TestStorage.Cluster?.DropDatabase(Postgres.Storage);
    }
}
