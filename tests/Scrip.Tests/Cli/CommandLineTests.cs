using System.Net;
using System.Net.Sockets;
using Scrip.Tests.Support;

namespace Scrip.Tests.Cli;

/// <summary>What the executable prints, word for word.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_is_the_bare_number()
    {
        Assert.Equal((0, "0.1.0", ""), await ScripProcess.RunAsync(["--version"]));
    }

    [Fact]
    public async Task Help_names_the_commands()
    {
        const string help = """
            Description:
              Scrip keeps an online shop's payment certificates. Without a command it serves its API.

            Usage:
              scrip [command] [options]

            Options:
              -?, -h, --help  Show help and usage information
              --version       Show version information

            Commands:
              serve          Serve the API until stopped.
              certificate    List, show, create, change and export certificates.
              import <file>  Import certificates from a file of any length. Broken off, the same command goes on where it stopped.
              check <code>   Say whether a certificate could pay. Nothing changes.
              redeem <code>  Pay with a certificate.
              hold <code>    Set an amount aside for an order, to be captured later.
              capture <id>   Spend what is held.
              release <id>   Return what is held to the certificate.
              refund <id>    Return what was spent to the certificate.
              redemptions    List payments.
              entries        List the journal, in the order in which it was written.
              liability      Report what the shop owes for its certificates. --csv has the months of issue.
              token          Create, list, rotate and revoke API tokens.
              site           Open and list sites: shops with certificates and tokens of their own.
              verify         Recompute everything from the journal and report every difference. Only reads; a server may be running.
              migrate        Bring the database's schema up to date, as serve does too.

            """;
        var (status, output, errors) = await ScripProcess.RunAsync(["--help"]);
        Assert.Equal((0, help.TrimEnd(), ""), (status, output.TrimEnd(), errors));
    }

    [Theory]
    [InlineData("frob", "Unrecognized command or argument 'frob'. See scrip --help.")]
    [InlineData("token", "Required command was not provided. See scrip token --help.")]
    [InlineData("token create", "Option '--name' is required. Option '--scopes' is required. See scrip token create --help.")]
    [InlineData("token create --name x --scopes admin --expires-at tomorrow", "--expires-at must be a time like 2027-01-01T00:00:00Z, not tomorrow. See scrip token create --help.")]
    [InlineData("token revoke", "Required argument 'id' missing for command: 'revoke'. See scrip token revoke --help.")]
    [InlineData("token revoke seven", "The id of a token is a number, not seven. See scrip token revoke --help.")]
    [InlineData("token list --url x --storage y", "--url and --storage cannot be combined. See scrip token list --help.")]
    [InlineData("serve --storage", "Required argument missing for option: '--storage'. See scrip serve --help.")]
    [InlineData("serve --storage \uFFFD", "An argument is not UTF-8.")]
    public async Task A_command_line_that_is_not_understood_ends_with_one_line_and_status_2(string arguments, string refusal)
    {
        Assert.Equal((2, "", $"scrip: {refusal}"), await ScripProcess.RunAsync(arguments.Split(' ')));
    }

    [Theory]
    [InlineData("Host=127.0.0.1", "The storage setting must name the server and the database: Host=…;Database=….")]
    [InlineData("postgresql://db/scrip", "The storage setting for PostgreSQL must be written as Host=…;Database=…;Username=…, not as a URL.")]
    [InlineData("scrip.db", "The storage setting must be Data Source=<path of a file>, or Host=…;Database=… for PostgreSQL: Format of the initialization string does not conform to specification starting at index 0.")]
    [InlineData("Data Source=:memory:", "The storage setting must name a file: Data Source=<path of a file>.")]
    [InlineData("Data Source=x.db;Mode=ReadOnly", "The storage setting takes Data Source=<path of a file> and nothing else: durability cannot be configured.")]
    [InlineData("Data Source=/dev/null/scrip.db", "The data folder /dev/null cannot be created: The file '/dev/null' already exists.")]
    public async Task Storage_that_cannot_be_used_is_told_in_one_line(string storage, string refusal)
    {
        Assert.Equal((1, "", $"scrip: {refusal}"), await ScripProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", storage]));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "scrip.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("This is no database. ", 400)));
        Assert.Equal((1, "", $"scrip: The database {file} cannot be opened: SQLite Error 26: 'file is not a database'."), await ServeAsync(folder));
    }

    /// <summary>The mode does not change either: an empty device would otherwise look like an empty database.</summary>
    [Fact]
    public async Task What_is_not_a_regular_file_is_told_in_one_line_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "scrip.db");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);
        Assert.Equal((1, "", $"scrip: {file} is not a regular file, so it cannot be a database."), await ServeAsync(folder));
        Assert.Equal(mode, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("nonsense", "Invalid url: 'nonsense'")]
    [InlineData("ftp://127.0.0.1:0", "Unrecognized scheme in server address 'ftp://127.0.0.1:0'. Only 'http://' and 'https://' are supported.")]
    [InlineData("http://127.0.0.1:99999", "Specified argument was out of the range of valid values. (Parameter 'port')")]
    [InlineData("http://203.0.113.1:5080", "Cannot assign requested address")]
    public async Task An_address_that_cannot_be_listened_on_is_told_in_one_line(string urls, string reason)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            (1, "", $"scrip: The server cannot listen on {urls}: {reason}"),
            await ScripProcess.RunAsync(["serve", "--urls", urls, "--storage", folder.Storage]));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";
        Assert.Equal(
            (1, "", $"scrip: The server cannot listen on {url}: Failed to bind to address {url}: address already in use."),
            await ScripProcess.RunAsync(["serve", "--urls", url, "--storage", folder.Storage]));
    }

    [Theory]
    [InlineData("SCRIP_ADMIN_TOKEN", "too-short", "A setting is invalid: AdminToken must have at least 32 characters.")]
    [InlineData("SCRIP_CURRENCY", "XXX", "A setting is invalid: Currency must be a code of ISO 4217, such as MDL, not XXX.")]
    [InlineData("SCRIP_TIME_ZONE", "Nowhere", "A setting is invalid: TimeZone must be an IANA name that this machine knows, such as Europe/Chisinau, not Nowhere.")]
    [InlineData("SCRIP_MAX_BULK_ITEMS", "many", "A setting is invalid: Failed to convert configuration value 'many' at 'Scrip:MaxBulkItems' to type 'System.Int32'.")]
    [InlineData("SCRIP_MAX_CONNECTIONS", "0", "A setting is invalid: The field MaxConnections must be between 1 and 1000000.")]
    [InlineData("SCRIP_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "A setting is invalid: TrustedProxies must be addresses or networks such as 10.0.0.0/8, not proxy.")]
    public async Task A_setting_that_cannot_be_used_is_told_in_one_line(string name, string value, string refusal)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((1, "", $"scrip: {refusal}"), await ServeAsync(folder, (name, value)));
    }

    [Fact]
    public async Task Settings_that_are_no_JSON_are_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), "{");
        var (status, output, errors) = await ServeAsync(folder, ("ASPNETCORE_CONTENTROOT", folder.Path));
        Assert.Equal((1, ""), (status, output));
        Assert.StartsWith($"scrip: Failed to load configuration from file '{folder.Path}/appsettings.json'.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task The_command_line_has_the_last_word_over_the_environment()
    {
        using var meant = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using var scrip = await ScripProcess.ServeAsync(meant.Storage, ("SCRIP_STORAGE", other.Storage), ("ASPNETCORE_URLS", "http://203.0.113.1:80"));
        Assert.Contains(scrip.Output, line => line.StartsWith($"scrip: data in {meant.Path}/scrip.db ", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(other.Path));
    }

    private static Task<(int Status, string Output, string Errors)> ServeAsync(TemporaryFolder folder, params (string Name, string Value)[] environment) =>
        ScripProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage], environment);
}
