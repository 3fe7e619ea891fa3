using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>One process uses the data folder; a second one says what stops it.</summary>
[Trait("Database", "SQLite")]
public sealed class DataFolderTests
{
    [Fact]
    public async Task A_second_process_ends_at_once_and_names_the_folder_and_a_kill_sets_the_folder_free()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ScripProcess.ServeAsync(folder.Storage);

        var (status, output, errors) = await ScripProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage]);
        Assert.Equal((1, ""), (status, output));
        Assert.Equal($"scrip: Another scrip process is using the data folder {folder.Path}; only one may.", errors);
        Assert.True((await first.Client.GetAsync("health/ready")).IsSuccessStatusCode);

        await first.KillAsync();
        await using var third = await ScripProcess.ServeAsync(folder.Storage);
        Assert.True((await third.Client.GetAsync("health/ready")).IsSuccessStatusCode);
    }

    [LoopDiskFact]
    public async Task A_folder_that_cannot_be_written_is_not_said_to_be_in_use()
    {
        using var home = new TemporaryFolder();
        await using var disk = await LoopDisk.CreateAsync(home, "disk", mebibytes: 8);
        await disk.MakeReadOnlyAsync();

        var (status, _, errors) = await ScripProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", disk.Storage]);
        Assert.Equal(1, status);
        Assert.StartsWith($"scrip: The data folder {disk.Folder} cannot be written to: Read-only file system", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }
}
