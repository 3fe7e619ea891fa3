using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Scrip.Bench.Certificates;
using Scrip.Bench.Server;

namespace Scrip.Bench.Baselines;

/// <summary>
/// The same certificates put straight into SQLite by one prepared statement in a loop: no HTTP, no JSON, no rules, the same durability.
/// </summary>
internal static class PreparedInserts
{
    private const string Schema = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma cache_size = -131072;
        create table certificate (
            site_id integer not null,
            id integer not null,
            code text not null,
            is_active integer not null,
            value integer not null,
            primary key (site_id, id),
            unique (site_id, code)
        ) without rowid;
        """;

    /// <returns>Rows a second.</returns>
    public static double Run(DataFolder folder, int count)
    {
        SQLitePCL.Batteries_V2.Init();
        // The codes are made before the clock starts, as they are for the server.
        var codes = Enumerable.Range(1, count).Select(CertificateCodes.Original.Get).ToArray();
        using var connection = new SqliteConnection($"Data Source={folder.File("baseline.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();

        var start = Stopwatch.GetTimestamp();
        Insert(connection, codes);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Insert(SqliteConnection connection, string[] codes)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into certificate (site_id, id, code, is_active, value) values (1, $id, $code, 1, $value)";
        var id = insert.Parameters.Add("$id", SqliteType.Integer);
        var code = insert.Parameters.Add("$code", SqliteType.Text);
        var value = insert.Parameters.Add("$value", SqliteType.Integer);
        insert.Prepare();
        for (var index = 0; index < codes.Length; index++)
        {
            id.Value = index + 1;
            code.Value = codes[index];
            value.Value = 500 + index % 1_000;
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
