using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>What a miss says of a code whose check character is wrong: as much as the code itself tells, and nothing of other codes.</summary>
public sealed class MistypedCodeTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string NotFound = "The certificate was not found.";
    private const string Hint = NotFound + " If Scrip generated its code, the code is mistyped: the check character at its end does not fit.";

    [Fact]
    public async Task A_mistyped_code_is_called_mistyped()
    {
        using var shop = await scrip.OpenShopAsync();
        var generated = await shop.PostAsync(Certificates + "generate/", """{"count":1,"value":5}""", Key("one code"));
        using var json = JsonDocument.Parse(generated.Body);
        var code = json.RootElement[0].GetProperty("code").GetString()!;
        var wrong = code[..^1] + (code[^1] == '0' ? '1' : '0');

        Assert.Equal(200, (await shop.CheckAsync($$"""{"code":"{{code}}"}""")).Status);
        foreach (var typed in new[] { wrong, wrong.ToLowerInvariant(), wrong.Replace('-', ' ') })
        {
            Assert.Equal((404, Hint), StatusAndDetail(await shop.CheckAsync($$"""{"code":"{{typed}}"}""")));
            Assert.Equal((404, Hint), StatusAndDetail(await shop.RedeemAsync($$"""{"code":"{{typed}}","amount":"1","reference":"R"}""")));
        }
    }

    /// <summary>The first is a whole code that no certificate has; the others are not of the pattern.</summary>
    [Theory]
    [InlineData("0123-4567-89AB-CDE4")]
    [InlineData("0123-4567-89AB-CDEU")]
    [InlineData("0123-4567-89AB-CDE44")]
    [InlineData("GIFT-2026")]
    public async Task Of_other_codes_a_miss_says_nothing(string code)
    {
        using var shop = await scrip.OpenShopAsync();

        Assert.Equal((404, NotFound), StatusAndDetail(await shop.CheckAsync($$"""{"code":"{{code}}"}""")));
    }

    /// <summary>An imported code has no check character, and is found like any other.</summary>
    [Fact]
    public async Task A_code_from_elsewhere_is_found_whatever_its_last_character_is()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"0123-4567-89AB-CDE5","value":5}]""");

        Assert.Equal(200, (await shop.CheckAsync("""{"code":"0123-4567-89ab-cde5"}""")).Status);
    }

    private static (int Status, string Detail) StatusAndDetail(Answer answer) => (answer.Status, answer.Detail());
}
