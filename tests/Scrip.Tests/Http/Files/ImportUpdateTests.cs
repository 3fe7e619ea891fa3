using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>Rows whose codes the site has, with <c>existing=update</c>: they change what the file says, and never what was spent.</summary>
public sealed class ImportUpdateTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Shown = Certificates + "?fields=code,is_active,value,balance,starts_at,expires_at,single_use,note,version";

    [Fact]
    public async Task Only_what_the_file_has_changes()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""
            [{"code":"A","value":100,"starts_at":"2026-01-01T00:00:00Z","expires_at":"2099-01-01T00:00:00Z","note":"first","single_use":true},
            {"code":"B","value":50,"is_active":false,"note":"kept"}]
            """);

        Assert.Equal(
            "201: created 1 updated 1 skipped 1 refused 0 adjusted 20.00",
            (await shop.ImportAsync("?existing=update", "code,value,note\nA,120,\nB,50,kept\nC,5,new\n")).Report());
        Assert.Equal(
            "201: created 0 updated 2 skipped 0 refused 0 adjusted 0.00",
            (await shop.ImportAsync("?existing=update", "code,balance,expires_at,is_active\nA,120.00,,\nB,50,2098-01-01T00:00:00Z,true\n")).Report());

        (await shop.FetchAsync(Shown)).Expect(
            200,
            """
            [{"code":"A","is_active":true,"value":120,"balance":"120.00","starts_at":"2026-01-01T00:00:00Z","expires_at":null,"single_use":true,"note":null,"version":3},{"code":"B","is_active":true,"value":50,"balance":"50.00","starts_at":null,"expires_at":"2098-01-01T00:00:00Z","single_use":false,"note":"kept","version":2},{"code":"C","is_active":true,"value":5,"balance":"5.00","starts_at":null,"expires_at":null,"single_use":false,"note":"new","version":1}]
            """);
        (await shop.FetchAsync(Entries + "?kind=adjusted&fields=certificate_id,amount,balance_after")).Expect(
            200, """[{"certificate_id":1,"amount":"20.00","balance_after":"120.00"}]""");
        (await shop.FetchAsync(Liability + "?fields=issued,adjusted,outstanding")).Expect(
            200, """{"issued":"155.00","adjusted":"20.00","outstanding":"175.00"}""");
    }

    [Fact]
    public async Task A_balance_of_which_the_ledger_knows_nothing_is_refused()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":100},{"code":"B","value":100}]""");
        await shop.RedeemAsync("""{"code":"A","amount":"40","reference":"R"}""");

        var refused = await shop.ImportAsync("?existing=update", "code,value,balance\nA,100,100\nB,100,60\nC,1,1\n");
        Assert.Equal(
            "400: created 0 updated 0 skipped 0 refused 2 adjusted 0.00 2 balance balance_differs 3 balance balance_differs", refused.Report());
        Assert.Contains("The certificate has a balance of 60.00 with this value.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(
            "400: created 0 updated 0 skipped 0 refused 1 adjusted 0.00 2 value value_below_used",
            (await shop.ImportAsync("?existing=update", "code,value\nA,39\n")).Report());
        Assert.Equal(
            "400: created 0 updated 0 skipped 0 refused 1 adjusted 0.00 2 code similar_code",
            (await shop.ImportAsync("?existing=update", "code,value\na,100\n")).Report());
        Assert.Equal(
            "201: created 1 updated 1 skipped 0 refused 1 adjusted 20.00 3 balance balance_differs",
            (await shop.ImportAsync("?existing=update&faulty=leave_out", "code,value,balance\nA,120,80\nB,100,60\nC,1,1\n")).Report());
        Assert.Equal("\"80.00\"", await shop.AttributeAsync(1, "balance"));
    }

    [Fact]
    public async Task A_file_that_was_imported_changes_nothing_the_second_time()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        var file = await File.ReadAllTextAsync(SourceTree.PathOf("tests/Scrip.Tests/Files/Samples/woocommerce/good.csv"));
        Assert.Equal("201: created 3 updated 0 skipped 0 refused 0 adjusted 0.00", (await shop.ImportAsync("", file)).Report());

        Assert.Equal("201: created 0 updated 0 skipped 3 refused 0 adjusted 0.00", (await shop.ImportAsync("?existing=update", file)).Report());
    }

    [Fact]
    public async Task An_update_is_tried_stored_once_and_replayed()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":100}]""");
        const string file = "code,value,single_use\nA,90,true\n";

        Assert.Equal(
            "200: created 0 updated 1 skipped 0 refused 0 adjusted -10.00",
            (await shop.ImportAsync("?existing=update&dry_run=true", file)).Report());
        Assert.Equal("1", await shop.AttributeAsync(1, "version"));
        var first = await shop.ImportAsync("?existing=update", file, key: "update once");
        await shop.PutAsync(Certificates + "1/", """{"code":"A","value":70}""");
        var again = await shop.ImportAsync("?existing=update", file, key: "update once");

        Assert.Equal("201: created 0 updated 1 skipped 0 refused 0 adjusted -10.00", first.Report());
        Assert.Equal((first.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
        Assert.Equal("70", await shop.AttributeAsync(1, "value"));
    }
}
