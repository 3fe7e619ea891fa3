using System.Globalization;
using Microsoft.Data.Sqlite;
using Scrip.Ledger;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public sealed class SqliteDatabase : TestDatabase
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;
    public string File => Path.Combine(folder.Path, "scrip.db");

    public StoreSettings Settings => new(folder.Storage, "MDL", "Europe/Chisinau");

    public override IStore Open() => SqliteStore.Open(Settings, MadeAt);

    /// <summary>A connection independent of the adapter; it may write.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public string? Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    public override IReadOnlyList<Entry> ReadEntries(long siteId)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            select id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor, created_at
            from entry where site_id = $site order by id
            """;
        command.Parameters.AddWithValue("$site", siteId);
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

    public override void SetSchemaVersion(int version) => Ask(string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {version}"));

    public override void Dispose() => folder.Dispose();
}
