using Scrip.Server.Hosting;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The environment has variables of other programs that look like settings.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>What Kubernetes adds to each container next to a Service called scrip, and a mistyped setting.</summary>
    [Fact]
    public async Task Variables_that_are_no_settings_are_named_once_without_their_values_and_ignored()
    {
        await using var server = await ScripProcess.ServeAsync(
            folder.Storage,
            ("SCRIP_PORT", "tcp://10.96.0.7:5080"), ("SCRIP_SERVICE_HOST", "10.96.0.7"), ("SCRIP_SERVICE_PORT", "5080"),
            ("SCRIP_SERVICE_PORT_HTTP", "5080"), ("SCRIP_PORT_5080_TCP", "tcp://10.96.0.7:5080"), ("SCRIP_PORT_5080_TCP_PROTO", "tcp"),
            ("SCRIP_PORT_5080_TCP_PORT", "5080"), ("SCRIP_PORT_5080_TCP_ADDR", "10.96.0.7"),
            ("SCRIP__NESTED", "10.96.0.7"), ("SCRIP_STORGE", "Data Source=/nowhere"), ("Scrip__Curency", "MDL"));

        Assert.Equal(
            "scrip: warning: ignored, because they are not settings: SCRIP_PORT, SCRIP_PORT_5080_TCP, SCRIP_PORT_5080_TCP_ADDR, "
            + "SCRIP_PORT_5080_TCP_PORT, SCRIP_PORT_5080_TCP_PROTO, SCRIP_SERVICE_HOST, SCRIP_SERVICE_PORT, SCRIP_SERVICE_PORT_HTTP, "
            + "SCRIP_STORGE (did you mean SCRIP_STORAGE?), SCRIP__NESTED, Scrip__Curency (did you mean SCRIP_CURRENCY?)",
            Assert.Single(server.Output, line => line.Contains("warning", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.Output.Concat(server.Errors), line => line.Contains("10.96", StringComparison.Ordinal));
        Assert.Equal(200, (await server.Client.FetchAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_name_that_is_no_setting_is_an_error_in_a_file()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), """{"Scrip":{"Colour":"red"}}""");

        var (status, output, errors) = await ScripProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage], ("ASPNETCORE_CONTENTROOT", folder.Path));

        Assert.Equal((1, ""), (status, output));
        Assert.StartsWith("scrip: Unknown setting Colour. Known settings: Storage, AdminToken, ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    /// <summary>A Service called scrip would set such a variable to an address.</summary>
    [Fact]
    public void No_setting_has_a_name_that_Kubernetes_gives_away() =>
        Assert.DoesNotContain(typeof(ScripOptions).GetProperties(), setting =>
            setting.Name.StartsWith("Port", StringComparison.OrdinalIgnoreCase)
            || setting.Name.StartsWith("Service", StringComparison.OrdinalIgnoreCase));

    public void Dispose() => folder.Dispose();
}
