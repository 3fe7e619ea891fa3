using System.Globalization;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>How the adapter handles the file that it is given.</summary>
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
        using var store = SqliteStore.Open(database.Settings with { Currency = null, TimeZone = null }, Instants.Later(9));
        var site = Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Sites);
        Assert.Equal(("MDL", "Europe/Chisinau", Instants.Start), (site.Currency.Code, site.TimeZone, site.CreatedAt));
    }

    [Fact]
    public async Task Keys_of_the_first_schemas_are_still_remembered()
    {
        MakeWithSchema(3, """
            insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
            values (1, 7, 'later', x'01', x'02', 'trace-2', 20), (1, 7, 'earlier', x'03', x'04', 'trace-1', 10)
            """);
        using var store = database.Open();
        foreach (var key in new[] { "earlier", "later" })
            Assert.True(await store.HasRecordAsync(1, 7, CommandText.Identity(key).Key, CancellationToken.None));
        Assert.Equal("earlier,later", database.Ask("select group_concat(key) from (select key from idempotency_record order by rowid)"));
        Assert.Equal("04|trace-1|10", database.Ask("select hex(receipt) || '|' || trace_id || '|' || created_at from idempotency_record limit 1"));
    }

    [Fact]
    public async Task Certificates_of_the_first_schemas_are_still_found_by_their_codes()
    {
        MakeWithSchema(4, """
            insert into site values (1, 'default', 'MDL', 'Europe/Chisinau', 0), (2, 'other', 'MDL', 'Europe/Chisinau', 0);
            insert into counter values (1, 3, 4, 1), (2, 1, 1, 0);
            insert into certificate
            values (1, 1, 'b-1', 'B1', 1, 500, 100, 0, 2, 500, 10, 7, 20, null, 30, 0, 'a note', 1, 4, 0),
                   (1, 2, 'A-1', 'A1', 0, 900, 0, 0, 1, 900, 10, 7, 10, 5, null, 1, null, 2, 2, 0),
                   (1, 3, 'a1', 'A1', 1, 0, 0, 0, 1, 0, 10, 7, 10, null, null, 0, null, 3, 3, 0),
                   (2, 1, 'b-1', 'B1', 1, 0, 0, 0, 1, 0, 10, 7, 10, null, null, 0, null, 1, 1, 0);
            insert into entry values (1, 4, 1, 1, 1, 7, -100, 400, 0, 500, null, 7, 20);
            insert into redemption values (1, 1, 1, 'R', 2, 100, 100, 0, 400, 20, null, 0)
            """);
        using (var store = database.Open())
        {
            await using var found = await store.QueryAsync(1, new CertificateQuery { FoldedCode = "B1", AllAttributes = true }, CancellationToken.None);
            Assert.True(await found.ReadAsync(CancellationToken.None));
            Assert.Equal(
                (1L, 500L, 100L, 2L, "a note"),
                (found.Current.Id, found.Current.FaceValue, found.Current.Spent, found.Current.Version, found.Current.Note));
            var told = new List<string>();
            Assert.True(await LedgerVerification.RunAsync(store, told.Add, CancellationToken.None) == 0, string.Join('\n', told));
        }
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
        Assert.Equal("1 A1 A-1 2, 1 A1 a1 3, 1 B1 b-1 1, 2 B1 b-1 1", database.Ask(
            "select group_concat(site_id || ' ' || code_folded || ' ' || code || ' ' || certificate_id, ', ') from certificate_code"));
    }

    [Fact]
    public async Task References_that_were_wholly_refunded_under_earlier_schemas_are_free()
    {
        MakeWithSchema(5, EarlierRedemptions.Rows(active: "1", single: "0") + """
            ;
            insert into certificate_code values (1, 'A', 'A', 1)
            """);
        using (var store = database.Open())
        {
            Assert.Equal(EarlierRedemptions.NewestEntryAt, await store.ReadNewestEntryAtAsync(CancellationToken.None));
            await EarlierRedemptions.ExpectFreedAsync(store);
        }
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
        Assert.Equal("0 2 0 4 5", database.Ask("select group_concat(ended_id, ' ') from (select ended_id from redemption where id <= 5 order by id)"));
    }

    [Fact]
    public async Task Codes_of_earlier_schemas_are_found_by_the_folded_form_of_this_one()
    {
        MakeWithSchema(6, EarlierCodes.Rows(active: "1", single: "0", folded: false));
        database.Execute("""
            insert into certificate_code (site_id, code, code_folded, certificate_id)
            values (1, 'lol-1', 'LOL1', 1), (1, 'СЕРТ-2', 'СЕРТ2', 2), (1, char(65279) || 'C-3', char(65279) || 'C3', 3), (2, 'OIL', 'OIL', 1)
            """);
        using (var store = database.Open())
            await EarlierCodes.ExpectFoundAsync(store);
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
        Assert.Equal("1011|C3|CEPT2|011", database.Ask("select group_concat(code_folded, '|') from certificate_code"));
    }

    /// <summary>Creates the file of an earlier version, with rows in it.</summary>
    private void MakeWithSchema(int version, string rows)
    {
        using var writer = SqliteSession.OpenWriter(database.File);
        foreach (var step in SqlFiles.In("Sqlite/Migrations").Take(version))
            writer.Execute(SqlFiles.Read(step));
        writer.Execute($"pragma application_id = 0x53637270; pragma user_version = {version}; {rows}");
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
        Assert.Contains("not one that Scrip made", refused.Message, StringComparison.Ordinal);
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
            Assert.Contains("only one may", refused.Message, StringComparison.Ordinal);
        }
        database.Open().Dispose();
    }
}
