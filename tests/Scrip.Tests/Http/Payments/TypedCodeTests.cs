using System.Text.Json;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Codes as customers type them, and those that were stored before the rule for codes was stricter.</summary>
public sealed class TypedCodeTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("CERT-0001")]
    [InlineData("cert 0001")]
    [InlineData("\uFEFFCERT-0001")]
    [InlineData("CERT-0001\u200B\n")]
    [InlineData("CE\u00ADRT\u20110001")]
    [InlineData("CERT\u22120001")]
    [InlineData("CERT\u20130001")]
    [InlineData("CERT\t-\u00A00001")]
    [InlineData("CERT\u0000-\u001B0001")]
    [InlineData("\u202ACERT-0001\u202C")]
    [InlineData("ＣＥＲＴ－０００１")]
    [InlineData("СERТ-0001")]
    [InlineData("ceRt-ooo1")]
    [InlineData("CERT-OOOI")]
    [InlineData("cert-000l")]
    [InlineData("CERT-ОΟО1")]
    public async Task A_code_is_found_however_it_was_typed(string typed)
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"CERT-0001","value":5},{"code":"CERT-0002","value":7}]""");
        var code = JsonSerializer.Serialize(typed);

        Assert.StartsWith("{\"id\":1,\"code\":\"CERT-0001\",", (await shop.CheckAsync($$"""{"code":{{code}}}""")).Body, StringComparison.Ordinal);
        var paid = await shop.RedeemAsync($$"""{"code":{{code}},"amount":1,"reference":"R"}""");
        Assert.Equal(201, paid.Status);
        Assert.Contains("\"code\":\"CERT-0001\"", paid.Body, StringComparison.Ordinal);
        if (typed.All(character => !char.IsControl(character)))
            Assert.Equal("1", (await shop.FetchAsync($"{Certificates}?page=1&search={Uri.EscapeDataString(typed)}")).Header("X-Total-Count"));
    }

    [Fact]
    public async Task The_exact_code_comes_first_and_a_form_of_several_finds_none()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"O1"},{"code":"0l"},{"code":"—"},{"code":"café"},{"code":"cafe\u0301"}]""");

        foreach (var (typed, id) in new[] { ("O1", 1), ("0l", 2), ("o1", 0), ("01", 0), ("—", 3), ("-", 0), ("– –", 0), ("\u200b", 0), ("café", 4), ("cafe\u0301", 5), ("CAFÉ", 0) })
        {
            var check = await shop.CheckAsync($$"""{"code":{{JsonSerializer.Serialize(typed)}}}""");
            Assert.Equal(id == 0 ? 404 : 200, check.Status);
            if (id > 0)
                Assert.StartsWith($"{{\"id\":{id},", check.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task References_reasons_notes_and_names_have_no_invisible_characters()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":5}]""");

        foreach (var text in new[] { "\\uFEFFR", "R\\u200B", "R\\u00ADR", "R\\u202ER", "R\\u2028R" })
        {
            (await shop.RedeemAsync($$"""{"code":"A","reference":"{{text}}"}""")).ExpectInvalid("/reference invisible_character");
            (await shop.CreateAsync($$"""[{"code":"B","note":"{{text}}"}]""")).ExpectInvalid("/0/note invisible_character");
            (await shop.StepAsync(1, "refund", $$"""{"reason":"{{text}}"}""")).ExpectInvalid("/reason invisible_character");
            (await scrip.Application.Client.PostAsync("/external/api-token/", $$"""{"site":"default","name":"{{text}}","scopes":["admin"]}""")).ExpectInvalid(
                "/name invisible_character");
            (await scrip.Application.Client.PostAsync("/external/site/", $$"""{"name":"{{text}}","currency":"USD","time_zone":"UTC"}""")).ExpectInvalid(
                "/name invisible_character");
        }
        // Persian and emoji need joiners, and an address next to Hebrew needs a mark.
        Assert.Equal(201, (await shop.CreateAsync("""[{"code":"B","note":"می\u200Cخواهم 👨\u200D👩\u200D👧\n\u05D0\u200E A-1"}]""")).Status);
    }

    [Fact]
    public async Task Codes_that_were_stored_before_the_rule_go_on_working()
    {
        await using var application = await ScripApplication.StartAsync(("Currency", "MDL"), ("TimeZone", "Europe/Chisinau"));
        await application.RestartAsync(() =>
        {
            using var past = new PastLedger(application.StorageSetting);
            past.At("2025-01-31T21:30:00Z", new CreateCertificates(
                [.. new[] { "\ufeffOLD-1", "NEW-2", "OLD-3\u200b" }.Select(code => new NewCertificate(CertificateCode.FromStored(code), true, 500))])
            {
                Origin = new(Site.DefaultId, CommandText.Actor),
            });
        });
        var admin = application.Client;

        (await admin.FetchAsync($"{Certificates}?code=%EF%BB%BFOLD-1&fields=id")).Expect(200, """[{"id":1}]""");
        Assert.Equal(201, (await admin.RedeemAsync("""{"code":"\uFEFFOLD-1","amount":1,"reference":"R"}""")).Status);
        Assert.Equal(201, (await admin.RedeemAsync("""{"code":"old 1","amount":1,"reference":"R2"}""")).Status);
        Assert.Equal(200, (await admin.PutAsync(Certificates + "1", """{"code":"\uFEFFOLD-1","value":9}""")).Status);
        Assert.Equal(200, (await admin.UpdateAsync("""[{"id":3,"code":"OLD-3\u200B","is_active":false},{"id":1,"code":"\uFEFFOLD-1"}]""")).Status);
        Assert.Equal("9", await admin.AttributeAsync(1, "value"));

        (await admin.PutAsync(Certificates + "1", """{"code":"OLD-1\uFEFF"}""")).ExpectInvalid("/code invisible_character");
        (await admin.PutAsync(Certificates + "2", """{"code":"\uFEFFOLD-1"}""")).ExpectInvalid("/code invisible_character");
        (await admin.PutAsync(Certificates + "9", """{"code":"\uFEFFOLD-1"}""", PaymentCalls.Key("k"))).ExpectInvalid("/code invisible_character");
        (await admin.UpdateAsync("""[{"id":1,"code":"\uFEFFOLD-1"},{"id":2,"code":"NEW\u00AD2"},{"id":9,"code":"X"}]""")).ExpectInvalid(
            "/1/code invisible_character");
        // A refusal of the body is not remembered: the same key can be used again.
        Assert.Equal(200, (await admin.PutAsync(Certificates + "1", """{"code":"OLD-1"}""", PaymentCalls.Key("k"))).Status);
        (await admin.PutAsync(Certificates + "1", """{"code":"\uFEFFOLD-1"}""")).ExpectInvalid("/code invisible_character");
    }
}
