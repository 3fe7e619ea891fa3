using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>SCRIP_ADMIN_TOKEN: the first token, from the environment.</summary>
public sealed class AdminTokenTests
{
    [Fact]
    public async Task The_admin_token_of_the_environment_may_do_everything_in_the_default_site()
    {
        using var folder = new TemporaryFolder();
        await using var scrip = await ScripProcess.ServeAsync(folder.Storage);

        (await scrip.Client.CreateAsync("""[{"code":"A"}]""")).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
        Assert.StartsWith("""[{"id":1,"name":"default",""", (await scrip.Client.FetchAsync("/external/site/")).Body, StringComparison.Ordinal);
        (await scrip.Client.FetchAsync("/external/api-token/")).Expect(200, "[]");
        Assert.DoesNotContain(scrip.Output.Concat(scrip.Errors), line => line.Contains(ScripProcess.AdminToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_admin_token_under_32_characters_stops_the_start_and_is_not_shown()
    {
        using var folder = new TemporaryFolder();
        var tooShort = new string('s', 31);

        var (status, _, errors) = await ScripProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage], ("SCRIP_ADMIN_TOKEN", tooShort));

        Assert.Equal(1, status);
        Assert.Equal("scrip: A setting is invalid: AdminToken must have at least 32 characters.", errors);
    }
}
