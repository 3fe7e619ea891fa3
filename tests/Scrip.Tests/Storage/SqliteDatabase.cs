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

    /// <summary>A connection that knows nothing of the adapter; it may write.</summary>
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
            select id, certificate_id, kind, amount, balance_after, before, after, actor, created_at
            from entry where site_id = $site order by id
            """;
        command.Parameters.AddWithValue("$site", siteId);
        using var row = command.ExecuteReader();
        var entries = new List<Entry>();
        while (row.Read())
        {
            entries.Add(new Entry(
                row.GetInt64(1), (EntryKind)row.GetInt64(2), row.GetInt64(3), row.GetInt64(4),
                row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6),
                row.GetInt64(7), DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(8))));
            Assert.Equal(entries.Count, row.GetInt64(0));
        }
        return entries;
    }

    public override void Dispose() => folder.Dispose();
}
