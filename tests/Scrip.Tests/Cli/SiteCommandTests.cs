using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Cli;

public sealed partial class SiteCommandTests
{
    [Fact]
    public async Task A_site_is_opened_listed_and_given_tokens_of_its_own()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((0, "2", ""), await RunAsync(folder, "site", "create", "second", "--currency", "MDL", "--time-zone", "Europe/Chisinau"));

        var (status, output, errors) = await RunAsync(folder, "site", "list");
        Assert.Equal((0, ""), (status, errors));
        const string rows = """
            id name    currency time zone       created
            1  default USD      UTC             <time>
            2  second  MDL      Europe/Chisinau <time>
            """;
        Assert.Equal(rows, string.Join('\n', Time().Replace(output, "<time>").Split('\n').Select(row => row.TrimEnd())));

        (status, output, errors) = await RunAsync(folder, "token", "create", "--site", "second", "--name", "POS", "--scopes", "certificates:read");
        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith("scrip_second_", output, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), await RunAsync(folder, "token", "revoke", "1", "--site", "second"));
    }

    [Fact]
    public async Task A_refusal_names_every_fault_in_one_line()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            (1, "", "scrip: 400 The request is invalid. Nothing was stored. /currency: currency must be a code of ISO 4217, such as MDL. "
                + "/time_zone: time_zone must be an IANA name, such as Europe/Chisinau."),
            await RunAsync(folder, "site", "create", "second", "--currency", "XXX", "--time-zone", "Nowhere"));
        Assert.Equal(
            (1, "", "scrip: 409 The request conflicts with what is stored. Nothing was stored. /name: Another site has this name."),
            await RunAsync(folder, "site", "create", "default", "--currency", "MDL", "--time-zone", "UTC"));
    }

    private static Task<(int Status, string Output, string Errors)> RunAsync(TemporaryFolder folder, params string[] arguments) =>
        ScripProcess.RunAsync([.. arguments, "--storage", folder.Storage]);

    [GeneratedRegex("[0-9-]{10}T[0-9:]{8}Z")]
    private static partial Regex Time();
}
