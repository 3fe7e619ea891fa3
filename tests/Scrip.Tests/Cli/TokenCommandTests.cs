using System.Net;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Cli;

public sealed partial class TokenCommandTests
{
    [Fact]
    public async Task A_token_made_on_the_data_alone_opens_the_server_that_is_started_later()
    {
        using var folder = new TemporaryFolder();
        var token = await CreateAsync(folder, "--name", "ERP", "--scopes", "certificates:read,certificates:write");
        Assert.Matches("^scrip_default_[0-9A-Za-z]{42}$", token);

        await using var scrip = await ScripProcess.ServeAsync(folder.Storage);
        using var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("API-Token", token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("external/payment-certificate/")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("external/api-token/")).StatusCode);
    }

    [Fact]
    public async Task In_Development_the_first_token_ends_the_calls_without_one()
    {
        using var folder = new TemporaryFolder();
        // The one-time token of this command is not stored.
        await RunAsync(folder, ["token", "list"]);
        Assert.Equal(HttpStatusCode.OK, await CallWithoutTokenAsync(folder));
        await CreateAsync(folder, "--name", "ERP", "--scopes", "admin");
        Assert.Equal(HttpStatusCode.Unauthorized, await CallWithoutTokenAsync(folder));
    }

    [Fact]
    public async Task Tokens_are_listed_as_rows_and_revoked_by_their_number()
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder, "--name", "[bold]ERP[/]", "--scopes", "certificates:read, certificates:write", "--expires-at", "2127-01-01T02:00:00+02:00");
        await CreateAsync(folder, "--name", "@shop", "--scopes", "admin");
        Assert.Equal((0, "", ""), await RunAsync(folder, ["token", "revoke", "2"]));

        var (status, output, errors) = await RunAsync(folder, ["token", "list", "--site", "default"]);
        Assert.Equal((0, ""), (status, errors));
        const string rows = """
            id name         scopes                               created              expires              revoked
            1  [bold]ERP[/] certificates:read,certificates:write <time>               2127-01-01T00:00:00Z -
            2  @shop        admin                                <time>               -                    <time>
            """;
        Assert.Equal(rows, WithoutTimesOfToday(output));
    }

    [Fact]
    public async Task A_rotated_token_s_new_text_is_printed_alone()
    {
        using var folder = new TemporaryFolder();
        var first = await CreateAsync(folder, "--name", "ERP", "--scopes", "certificates:read");
        var (status, second, errors) = await RunAsync(folder, ["token", "rotate", "1", "--overlap-seconds", "0"]);
        Assert.Equal((0, ""), (status, errors));
        Assert.Matches("^scrip_default_[0-9A-Za-z]{42}$", second);

        await using var scrip = await ScripProcess.ServeAsync(folder.Storage);
        foreach (var (text, expected) in new[] { (first, HttpStatusCode.Unauthorized), (second, HttpStatusCode.OK) })
        {
            using var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress };
            client.DefaultRequestHeaders.Add("API-Token", text);
            Assert.Equal(expected, (await client.GetAsync("external/payment-certificate/")).StatusCode);
        }
    }

    [Fact]
    public async Task A_refusal_names_every_fault_in_one_line()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            (1, "", "scrip: 400 The request is invalid. Nothing was stored. /scopes/0: Known scopes: certificates:read, "
                + "certificates:write, redemptions:write, reports:read, admin. /expires_at: expires_at must be in the future. /site: The site was not found."),
            await RunAsync(folder, ["token", "create", "--site", "nowhere", "--name", "x", "--scopes", "fly", "--expires-at", "2020-01-01T00:00:00Z"]));
        Assert.Equal(
            (1, "", "scrip: 404 Not found. Token 7 was not found."),
            await RunAsync(folder, ["token", "revoke", "7"]));
    }

    [Fact]
    public async Task Where_a_server_has_the_data_the_command_says_to_ask_it_and_does_so_by_url()
    {
        using var folder = new TemporaryFolder();
        await using var scrip = await ScripProcess.ServeAsync(folder.Storage);
        string[] create = ["token", "create", "--name", "ERP", "--scopes", "certificates:read"];
        Assert.Equal(
            (1, "", $"scrip: Another scrip process is using the data folder {folder.Path}; only one may. To ask that process, give its address with --url and its admin token in SCRIP_ADMIN_TOKEN."),
            await RunAsync(folder, create));

        string[] createByUrl = [.. create, "--url", scrip.Client.BaseAddress!.ToString()];
        var (status, token, errors) = await ScripProcess.RunAsync(createByUrl, ("SCRIP_ADMIN_TOKEN", ScripProcess.AdminToken));
        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith("scrip_default_", token, StringComparison.Ordinal);
        Assert.Equal(
            (1, "", "scrip: 401 A valid API token is required. Send the token in the header API-Token, or as Authorization: Bearer."),
            await ScripProcess.RunAsync(createByUrl, ("SCRIP_ADMIN_TOKEN", "wrong")));
        Assert.Equal((1, "", "scrip: --url needs the server's admin token in SCRIP_ADMIN_TOKEN."), await ScripProcess.RunAsync(createByUrl));
    }

    [Theory]
    [InlineData(1, "shop.example", "--url must be an address such as http://127.0.0.1:5080, not shop.example.")]
    [InlineData(3, "http://127.0.0.1:1", "The server does not respond: Connection refused (127.0.0.1:1)")]
    public async Task A_server_that_is_not_there_is_told_in_one_line(int status, string url, string refusal)
    {
        Assert.Equal((status, "", $"scrip: {refusal}"), await ScripProcess.RunAsync(["token", "list", "--url", url], ("SCRIP_ADMIN_TOKEN", ScripProcess.AdminToken)));
    }

    /// <summary>Only the address and the admin token are the command's own settings.</summary>
    [Fact]
    public async Task A_command_minds_the_settings_of_the_server_it_stands_for()
    {
        using var folder = new TemporaryFolder();
        var (status, output, _) = await RunAsync(
            folder, ["site", "list"], ("SCRIP_CURRENCY", "MDL"), ("SCRIP_ADMIN_TOKEN", ScripProcess.AdminToken), ("ASPNETCORE_URLS", "http://203.0.113.1:80"));
        Assert.Equal(0, status);
        Assert.Contains("default MDL", output, StringComparison.Ordinal);
        Assert.Equal(
            (1, "", "scrip: A setting is invalid: Currency must be a code of ISO 4217, such as MDL, not XXX."),
            await RunAsync(folder, ["site", "list"], ("SCRIP_CURRENCY", "XXX")));
    }

    private static async Task<HttpStatusCode> CallWithoutTokenAsync(TemporaryFolder folder)
    {
        await using var scrip = await ScripProcess.ServeAsync(folder.Storage, ("SCRIP_ADMIN_TOKEN", ""), ("ASPNETCORE_ENVIRONMENT", "Development"));
        using var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress };
        return (await client.GetAsync("external/payment-certificate/")).StatusCode;
    }

    private static async Task<string> CreateAsync(TemporaryFolder folder, params string[] options)
    {
        var (status, output, errors) = await RunAsync(folder, ["token", "create", .. options]);
        Assert.Equal((0, ""), (status, errors));
        return output;
    }

    private static Task<(int Status, string Output, string Errors)> RunAsync(
        TemporaryFolder folder, string[] arguments, params (string Name, string Value)[] environment) =>
        ScripProcess.RunAsync([.. arguments, "--storage", folder.Storage], environment);

    private static string WithoutTimesOfToday(string rows) =>
        string.Join('\n', TimeOfToday().Replace(rows, "<time>              ").Split('\n').Select(row => row.TrimEnd()));

    [GeneratedRegex("20[0-9-]{8}T[0-9:]{8}Z")]
    private static partial Regex TimeOfToday();
}
