using System.Diagnostics;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Cli;

public sealed class ClosedPipeTests
{
    private const int Count = 60_000;

    /// <summary>A list that nobody reads any more must not be read from the server to its end, nor be an error.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--csv")]
    [InlineData("--ordering code")]
    public async Task A_list_ends_cleanly_when_its_reader_has_gone(string options)
    {
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(storage.Setting);
        var answer = await scrip.Client.PostAsync(
            Certificates + "generate/", $$"""{"count":{{Count}},"value":5}""", Key("k"));
        Assert.Equal(201, answer.Status);

        var start = new ProcessStartInfo("/bin/bash", ["-c", $"'{ScripProcess.Executable}' certificate list {options} | head -1; echo ${{PIPESTATUS[0]}}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SCRIP_URL"] = scrip.Client.BaseAddress!.ToString();
        start.Environment["SCRIP_TOKEN"] = ScripProcess.AdminToken;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("0", lines[1]);
        Assert.Equal("", await errors);
    }
}
