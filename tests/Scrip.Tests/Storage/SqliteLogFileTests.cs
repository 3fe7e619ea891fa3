using System.Globalization;
using Microsoft.Data.Sqlite;
using Scrip.Storage.Sqlite;

namespace Scrip.Tests.Storage;

/// <summary>The writer's log file contains nothing of a transaction before it is forced, and the whole transaction afterwards.</summary>
public sealed class SqliteLogFileTests : IDisposable
{
    // More than the log's buffer, and more than the pages that the writer caches: SQLite writes them before the end and reads them back.
    private const int ManyRows = 100_000;

    private readonly SqliteDatabase database = new();
    private readonly SqliteSession writer;

    public SqliteLogFileTests()
    {
        writer = SqliteSession.OpenWriter(database.File);
        writer.Execute("create table line (id integer primary key, text text not null)");
    }

    public void Dispose()
    {
        writer.Dispose();
        database.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(ManyRows)]
    public void What_is_committed_is_there_for_every_other_connection(int rows)
    {
        Fill(rows);
        Assert.Equal($"{rows}", database.Ask("select count(*) from line"));
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ManyRows)]
    public void What_is_committed_is_in_a_copy_of_the_files(int rows)
    {
        Fill(rows);
        using var copy = new SqliteDatabase();
        foreach (var name in new[] { "scrip.db", "scrip.db-wal" })
            File.Copy(Path.Combine(database.Folder, name), Path.Combine(copy.Folder, name));
        Assert.Equal($"{rows}", copy.Ask("select count(*) from line"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ManyRows)]
    public void Of_what_is_rolled_back_nothing_is_left(int rows)
    {
        Fill(10);
        writer.Execute("begin immediate");
        Insert(rows);
        writer.Execute("rollback");
        Assert.Equal("10", database.Ask("select count(*) from line"));
        Fill(5);
        Assert.Equal("15", database.Ask("select count(*) from line"));
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
    }

    [Fact]
    public void Changed_pages_that_left_memory_are_read_back_within_the_transaction()
    {
        writer.Execute("begin immediate");
        Insert(ManyRows);
        writer.Execute("update line set text = 'second' || text");
        writer.Execute("commit");
        Assert.Equal($"{ManyRows}", database.Ask("select count(*) from line where text like 'second%'"));
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
    }

    [Fact]
    public void The_log_goes_into_the_file_and_begins_anew()
    {
        for (var round = 1; round <= 3; round++)
        {
            Fill(1000);
            Assert.True(writer.Checkpoint().IsWhole);
        }
        Assert.Equal("3000", database.Ask("select count(*) from line"));
        using var file = new SqliteConnection($"Data Source=file:{database.File}?immutable=1;Pooling=False");
        file.Open();
        using var count = file.CreateCommand();
        count.CommandText = "select count(*) from line";
        Assert.Equal(3000L, count.ExecuteScalar());
    }

    private void Fill(int rows)
    {
        writer.Execute("begin immediate");
        Insert(rows);
        writer.Execute("commit");
    }

    private void Insert(int rows) => writer.Execute(string.Create(CultureInfo.InvariantCulture, $"""
        with recursive number(n) as (select 1 union all select n + 1 from number where n < {rows})
        insert into line (text) select printf('%0200d', n) from number
        """));
}
