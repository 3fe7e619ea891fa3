using System.Buffers.Text;
using Scrip.Bench.Certificates;
using SQLitePCL;

namespace Scrip.Bench.Databases.Limits.Sqlite;

/// <summary>What a payment adds to a change of its certificate: its row with the order number, and the record of its key.</summary>
internal sealed class SqlitePayments : IDisposable
{
    private const string Schema = """
        create table redemption (
            site_id integer not null, id integer not null, certificate_id integer not null, reference text not null, state integer not null,
            amount integer not null, captured integer not null, refunded integer not null, balance_after integer not null,
            created_at integer not null, ended_id integer not null,
            primary key (site_id, id),
            unique (site_id, reference, certificate_id, ended_id)
        ) strict, without rowid;
        create table idempotency_record (
            site_id integer not null, actor integer not null, key text not null, fingerprint blob not null, receipt blob not null,
            trace_id text not null, created_at integer not null,
            primary key (site_id, actor, key)
        ) strict;
        """;

    private readonly RawSqlite database;
    private readonly sqlite3_stmt redemption;
    private readonly sqlite3_stmt record;
    private readonly byte[] key = new byte[16];
    private readonly byte[] reference = [.. "B0000000000"u8];
    private long count;

    public SqlitePayments(RawSqlite database)
    {
        this.database = database;
        database.Execute(Schema);
        redemption = database.Prepare("insert into redemption values (1, ?1, ?2, ?3, 2, 100, 100, 0, 0, 1, 0)");
        record = database.Prepare("insert into idempotency_record values (1, 1, ?1, zeroblob(32), zeroblob(16), hex(zeroblob(16)), 1)");
    }

    public void Insert(long certificateId)
    {
        count++;
        Utf8Formatter.TryFormat(count, reference.AsSpan(1), out _, new('D', 10));
        raw.sqlite3_bind_int64(redemption, 1, count);
        raw.sqlite3_bind_int64(redemption, 2, certificateId);
        raw.sqlite3_bind_text(redemption, 3, reference);
        database.Run(redemption);
        Utf8Formatter.TryFormat(Scrambled.Number((ulong)count), key, out _, new('x', 16));
        raw.sqlite3_bind_text(record, 1, key);
        database.Run(record);
    }

    public void Dispose()
    {
        redemption.Dispose();
        record.Dispose();
    }
}
