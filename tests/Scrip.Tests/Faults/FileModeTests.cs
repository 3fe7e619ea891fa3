using System.Runtime.Versioning;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>
/// Anyone who can read the database can spend what is in it, so only its owner can read its files, whatever the folder allows.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public =
        Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("077")]
    public async Task Files_in_a_folder_that_was_there_are_private_whatever_the_umask(string umask)
    {
        var launch = new Launch($"umask {umask}; exec");
        await using (var server = await ScripProcess.ServeAsync(folder.Storage, launch))
        {
            await server.Client.CreateAsync("""[{"code":"A","value":5}]""");
            await server.Client.ListAsync();
            AssertPrivate("scrip.db", "scrip.db-wal", "scrip.db-shm", "scrip.lock");
            await server.KillAsync();
        }
        // As an earlier version, or a copy, left them.
        foreach (var file in Directory.GetFiles(folder.Path))
            File.SetUnixFileMode(file, Public);

        await using var again = await ScripProcess.ServeAsync(folder.Storage, launch);

        AssertPrivate("scrip.db", "scrip.db-wal", "scrip.db-shm", "scrip.lock");
        Assert.Contains("\"A\"", await again.Client.ListAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_and_other_commands_make_no_file_that_others_can_read()
    {
        var launch = new Launch("umask 000; exec");
        foreach (var command in new[] { "migrate", "verify" })
        {
            Assert.Equal(0, (await ScripProcess.RunAsync([command, "--storage", folder.Storage], launch)).Status);
            AssertPrivate("scrip.db");
        }
    }

    /// <summary>Only the owner can change a mode. Started by another user, the server says so and leaves the data alone.</summary>
    [ProgramFact("setpriv")]
    public async Task Files_of_another_owner_that_others_can_read_are_refused_in_one_line()
    {
        using var data = new SharedFolder();
        Assert.Equal(0, (await ScripProcess.RunAsync(["migrate", "--storage", data.Storage])).Status);
        foreach (var file in Directory.GetFiles(data.Path))
            File.SetUnixFileMode(file, Public);

        var (status, output, errors) = await ScripProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--storage", data.Storage],
            new Launch("exec setpriv --reuid=65534 --regid=65534 --clear-groups"));

        Assert.Equal((1, ""), (status, output));
        Assert.Contains("is readable by users other than its owner, and this process is not its owner: set its mode to 0600.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_database_of_another_program_keeps_its_mode()
    {
        var path = Path.Combine(folder.Path, "scrip.db");
        OperatorSql.Run(folder.Storage, "create table theirs (id integer)");
        File.SetUnixFileMode(path, Public);

        Assert.Equal(1, (await ScripProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage])).Status);

        Assert.Equal(Public, File.GetUnixFileMode(path));
    }

    public void Dispose() => folder.Dispose();

    private void AssertPrivate(params string[] expected)
    {
        var files = Directory.GetFiles(folder.Path).ToDictionary(file => Path.GetFileName(file), File.GetUnixFileMode);
        Assert.All(expected, file => Assert.Contains(file, files.Keys));
        Assert.All(files, file => Assert.Equal((file.Key, Private), (file.Key, file.Value)));
    }

    /// <summary>A folder to which any account can write.</summary>
    [UnsupportedOSPlatform("windows")]
    private sealed class SharedFolder : IDisposable
    {
        public SharedFolder()
        {
            Path = Directory.CreateTempSubdirectory("scrip-").FullName;
            File.SetUnixFileMode(Path, Public | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        public string Path { get; }

        public string Storage => $"Data Source={System.IO.Path.Combine(Path, "scrip.db")}";

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
