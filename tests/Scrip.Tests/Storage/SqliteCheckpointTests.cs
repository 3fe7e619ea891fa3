using System.Buffers.Binary;
using Scrip.Storage.Sqlite;

namespace Scrip.Tests.Storage;

/// <summary>The write-ahead log is copied into the file, and does not grow without limit.</summary>
public sealed class SqliteCheckpointTests : IDisposable
{
    // Each round writes about 2,000 pages: together several times what starts a checkpoint.
    private const int Rows = 2_000;
    private const int Rounds = 40;

    private readonly SqliteDatabase database = new();
    private readonly SqliteSession writer;
    private readonly SqliteCheckpoints checkpoints;

    public SqliteCheckpointTests()
    {
        writer = SqliteSession.OpenWriter(database.File);
        checkpoints = new SqliteCheckpoints(database.File, maxLogBytes: 1 << 30, tooLong: static () => { });
        writer.Execute($"""
            create table line (id integer primary key, round integer not null, filling text not null);
            insert into line (round, filling)
            with recursive number(n) as (select 1 union all select n + 1 from number where n < {Rows})
            select 0, printf('%03000d', n) from number
            """);
    }

    public void Dispose()
    {
        checkpoints.Dispose();
        writer.Dispose();
        database.Dispose();
    }

    [Fact]
    public void While_somebody_writes_the_log_begins_anew_again_and_again()
    {
        Write(Rounds);
        Assert.InRange(TimesBegun(), 1, Rounds);
        Assert.Equal($"{Rows}", database.Ask($"select count(*) from line where round = {Rounds}"));
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
    }

    [Fact]
    public void A_list_that_is_being_read_keeps_its_state_and_only_puts_that_off()
    {
        using var reader = database.Connect();
        using var first = reader.CreateCommand();
        first.CommandText = "select round from line where id = 1";
        using (var state = reader.BeginTransaction(deferred: true))
        {
            first.Transaction = state;
            Assert.Equal(0L, first.ExecuteScalar());
            Write(Rounds);
            Assert.Equal(0, TimesBegun());
            Assert.Equal(0L, first.ExecuteScalar());
            first.Transaction = null;
        }

        Write(Rounds);
        Assert.InRange(TimesBegun(), 1, Rounds);
        Assert.Equal((long)Rounds, first.ExecuteScalar());
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
    }

    private void Write(int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            checkpoints.Advance(writer);
            writer.Execute($"update line set round = {round}");
        }
    }

    /// <summary>The log's header counts how often it began (https://sqlite.org/fileformat2.html, 4.1).</summary>
    private long TimesBegun()
    {
        using var log = new FileStream(database.File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[32];
        log.ReadExactly(header);
        return BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12));
    }
}
