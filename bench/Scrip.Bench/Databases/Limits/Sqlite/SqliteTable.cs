using Scrip.Bench.Certificates;
using SQLitePCL;

namespace Scrip.Bench.Databases.Limits.Sqlite;

/// <summary>A table of certificates in the shape of the product's, as durable as the product's.</summary>
internal sealed class SqliteTable : IDisposable
{
    private const string Schema = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma cache_size = -65536;
        pragma wal_autocheckpoint = 8192;
        create table certificate (
            site_id integer not null, id integer not null, code text not null, is_active integer not null, value_minor integer not null,
            spent integer not null, held integer not null, version integer not null, issued_value integer not null,
            created_at integer not null, created_by integer not null, updated_at integer not null, last_entry_id integer not null,
            primary key (site_id, id),
            unique (site_id, code),
            check (length(code) between 1 and 255),
            check (value_minor between 0 and 1000000000000000),
            check (spent >= 0 and held >= 0 and spent + held <= value_minor)
        ) strict, without rowid;
        create table entry (
            site_id integer not null, id integer not null, certificate_id integer not null, amount integer not null,
            balance_after integer not null, created_at integer not null,
            primary key (site_id, id)
        ) strict, without rowid;
        """;

    private int count;

    public SqliteTable(string path)
    {
        Database = new RawSqlite(path);
        Database.Execute(Schema);
    }

    public RawSqlite Database { get; }

    /// <summary>Adds the next certificates in one transaction.</summary>
    public void Insert(byte[][] codes)
    {
        Database.Execute("begin immediate");
        using var insert = Database.Prepare("insert into certificate values (1, ?1, ?2, 1, ?3, 0, 0, 1, ?3, 1, 1, 1, 0)");
        foreach (var code in codes)
        {
            count++;
            raw.sqlite3_bind_int64(insert, 1, count);
            raw.sqlite3_bind_text(insert, 2, code);
            raw.sqlite3_bind_int64(insert, 3, FaceValues.Of(count) * 100L);
            Database.Run(insert);
        }
        Database.Execute("commit");
    }

    /// <summary>The codes of the next certificates, created before the clock starts, as they are for a server.</summary>
    public byte[][] NextCodes(int rows) =>
        [.. Enumerable.Range(count + 1, rows).Select(id =>
        {
            var code = new byte[CertificateCodes.Length];
            CertificateCodes.Write(id, code);
            return code;
        })];

    public void Dispose() => Database.Dispose();
}
