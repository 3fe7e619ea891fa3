using System.Globalization;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>What the adapter makes of the file it is given.</summary>
public sealed class SqliteSetupTests : IDisposable
{
    private readonly SqliteDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public void A_new_file_gets_the_newest_schema_and_Scrip_s_mark()
    {
        database.Open().Dispose();
        Assert.Equal(SqliteMigrations.Newest.ToString(CultureInfo.InvariantCulture), database.Ask("pragma user_version"));
        Assert.Equal("Scrp", Text(database.Ask("pragma application_id")));
        Assert.Equal("ok", database.Ask("pragma integrity_check"));

        static string Text(string? number) =>
            string.Concat(BitConverter.GetBytes(int.Parse(number!, CultureInfo.InvariantCulture)).Reverse().Select(part => (char)part));
    }

    [Fact]
    public async Task A_file_that_was_opened_before_is_left_as_it_is()
    {
        database.Open().Dispose();
        using var store = SqliteStore.Open(database.Settings with { Currency = "JPY", TimeZone = "Asia/Tokyo" }, Instants.Later(9));
        var site = Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Sites);
        Assert.Equal(("MDL", "Europe/Chisinau", Instants.Start), (site.Currency.Code, site.TimeZone, site.CreatedAt));
    }

    [Fact]
    public async Task Keys_of_the_first_schemas_are_still_remembered()
    {
        using (var writer = SqliteSession.OpenWriter(database.File))
        {
            foreach (var step in SqlFiles.In("Sqlite/Migrations").Take(3))
                writer.Execute(SqlFiles.Read(step));
            writer.Execute("""
                pragma application_id = 0x53637270;
                pragma user_version = 3;
                insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
                values (1, 7, 'later', x'01', x'02', 'trace-2', 20), (1, 7, 'earlier', x'03', x'04', 'trace-1', 10)
                """);
        }
        using var store = database.Open();
        foreach (var key in new[] { "earlier", "later" })
            Assert.True(await store.HasRecordAsync(1, 7, CommandText.Identity(key).Key, CancellationToken.None));
        Assert.Equal("earlier,later", database.Ask("select group_concat(key) from (select key from idempotency_record order by rowid)"));
        Assert.Equal("04|trace-1|10", database.Ask("select hex(receipt) || '|' || trace_id || '|' || created_at from idempotency_record limit 1"));
    }

    [Fact]
    public void An_empty_file_is_a_new_database()
    {
        File.WriteAllBytes(database.File, []);
        database.Open().Dispose();
        Assert.Equal("1", database.Ask("select count(*) from site"));
    }

    [Fact]
    public void A_newer_schema_is_refused()
    {
        database.Open().Dispose();
        database.Ask("pragma user_version = 99");
        var refused = Assert.Throws<StorageSetupException>(database.Open);
        Assert.Contains("newer Scrip (schema 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_program_s_database_is_refused_and_not_touched()
    {
        database.Ask("create table theirs (id integer)");
        var before = File.ReadAllBytes(database.File);
        var refused = Assert.Throws<StorageSetupException>(database.Open);
        Assert.Contains("not one of Scrip's", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(database.File));
    }

    [Fact]
    public void Another_program_s_mark_is_refused()
    {
        database.Ask("pragma application_id = 7");
        Assert.Throws<StorageSetupException>(database.Open);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched()
    {
        var text = string.Concat(Enumerable.Repeat("These are a shop's notes. ", 100));
        File.WriteAllText(database.File, text);
        Assert.Throws<StorageSetupException>(database.Open);
        Assert.Equal(text, File.ReadAllText(database.File));
    }

    [Fact]
    public void After_a_refusal_nothing_is_held_open()
    {
        database.Ask("pragma application_id = 7");
        Assert.Throws<StorageSetupException>(database.Open);
        Assert.DoesNotContain(OpenFiles(), file => file.StartsWith(database.Folder, StringComparison.Ordinal));
        database.Ask("pragma application_id = 0");
        database.Open().Dispose();

        static IEnumerable<string> OpenFiles() => OperatingSystem.IsLinux()
            ? Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? "")
            : [];
    }

    [Theory]
    [InlineData("", "must name a file")]
    [InlineData("Data Source=", "must name a file")]
    [InlineData("Data Source=:memory:", "must name a file")]
    [InlineData("Data Source=file:x.db?mode=memory", "must name a file")]
    [InlineData("Data Source=/", "must name a file")]
    [InlineData("Data Source=x.db;Mode=Memory", "nothing else")]
    [InlineData("Data Source=x.db;Cache=Shared", "nothing else")]
    [InlineData("Data Source=x.db;Pooling=True", "nothing else")]
    [InlineData("Data Source=x.db;Password=secret", "nothing else")]
    [InlineData("Data Source=x.db;Synchronous=Off", "must be Data Source=")]
    [InlineData("x.db", "must be Data Source=")]
    public void A_storage_setting_names_a_file_and_nothing_else(string connectionString, string reason)
    {
        var settings = new StoreSettings(connectionString, "MDL", "Etc/UTC");
        var refused = Assert.Throws<StorageSetupException>(() => SqliteStore.Open(settings, Instants.Start));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_refused()
    {
        File.WriteAllText(database.File, "a file");
        var below = new StoreSettings($"Data Source={Path.Combine(database.File, "scrip.db")}", "MDL", "Etc/UTC");
        Assert.Throws<StorageSetupException>(() => SqliteStore.Open(below, Instants.Start));
    }

    [Fact]
    public void A_folder_where_the_file_should_be_is_refused()
    {
        Directory.CreateDirectory(database.File);
        Assert.Throws<StorageSetupException>(database.Open);
    }

    [Fact]
    public void A_folder_that_is_made_is_its_owner_s_alone()
    {
        var folder = Path.Combine(database.Folder, "data");
        SqliteStore.Open(new StoreSettings($"Data Source={Path.Combine(folder, "scrip.db")}", "MDL", "Etc/UTC"), Instants.Start).Dispose();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void A_data_folder_is_for_one_at_a_time()
    {
        using (database.Open())
        {
            var refused = Assert.Throws<DataFolderInUseException>(database.Open);
            Assert.Contains("one at a time", refused.Message, StringComparison.Ordinal);
        }
        database.Open().Dispose();
    }
}
