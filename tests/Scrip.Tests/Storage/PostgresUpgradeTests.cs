using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>This version opens databases of earlier schemas that have rows.</summary>
[Trait("Database", "Postgres")]
public sealed class PostgresUpgradeTests : IDisposable
{
    private readonly PostgresDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task References_that_were_wholly_refunded_under_earlier_schemas_are_free()
    {
        MakeWithSchema(4, EarlierRedemptions.Rows(active: "true", single: "false")
            .Replace("(site_id, id, code, is_active", "(site_id, id, code, code_folded, is_active", StringComparison.Ordinal)
            .Replace("(1, 1, 'A', true", "(1, 1, 'A', 'A', true", StringComparison.Ordinal));
        using (var store = database.Open())
        {
            Assert.Equal(EarlierRedemptions.NewestEntryAt, await store.ReadNewestEntryAtAsync(CancellationToken.None));
            await EarlierRedemptions.ExpectFreedAsync(store);
        }
        Assert.Equal(["0 2 0 4 5"], database.Ask("select string_agg(ended_id::text, ' ' order by id) from redemption where id <= 5"));
    }

    [Fact]
    public async Task Codes_of_earlier_schemas_are_found_by_the_folded_form_of_this_one()
    {
        MakeWithSchema(5, EarlierCodes.Rows(active: "true", single: "false", folded: true));
        using (var store = database.Open())
            await EarlierCodes.ExpectFoundAsync(store);
        Assert.Equal(["1011|C3|CEPT2|011"], database.Ask("select string_agg(code_folded, '|' order by site_id, code_folded) from certificate"));
    }

    /// <summary>Creates the database of an earlier version, with rows in it.</summary>
    private void MakeWithSchema(int version, string rows)
    {
        foreach (var step in SqlFiles.In("Postgres/Migrations").Take(version))
            database.Execute(SqlFiles.Read(step));
        database.Execute(SqlFiles.Read("Postgres/Sql/schema_version_make"));
        database.SetSchemaVersion(version);
        database.Execute(rows);
    }
}
