using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>A machine without time zone data, such as a small container image.</summary>
public sealed class TimeZoneDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder noZones = new();

    [Fact]
    public async Task Without_the_zone_of_a_site_the_start_is_refused_in_one_line()
    {
        await using (var server = await ScripProcess.ServeAsync(folder.Storage))
        {
            Assert.Equal(201, (await server.Client.PostAsync(
                "/external/site/", """{"name":"second","currency":"MDL","time_zone":"Europe/Chisinau"}""")).Status);
        }

        var (status, output, errors) = await ScripProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage], ("TZDIR", noZones.Path));

        Assert.Equal((1, ""), (status, output));
        Assert.Equal(
            "scrip: This machine does not know the time zone Europe/Chisinau of the site second. "
            + "Install the time zone data (Debian: the package tzdata).",
            errors);
    }

    [Fact]
    public async Task Without_time_zone_data_a_server_whose_sites_are_in_UTC_serves_and_refuses_what_it_cannot_serve()
    {
        await using var server = await ScripProcess.ServeAsync(folder.Storage, ("TZDIR", noZones.Path));

        Assert.Equal(200, (await server.Client.FetchAsync(HttpCalls.Liability + "?as_of=2026-01-01")).Status);
        Assert.Equal(201, (await server.Client.CreateAsync("""[{"code":"A","expires_at":"2030-01-01"}]""")).Status);
        var refused = await server.Client.PostAsync(
            "/external/site/", """{"name":"second","currency":"MDL","time_zone":"Europe/Chisinau"}""");
        Assert.Equal(400, refused.Status);
        Assert.Contains("\"pointer\":\"/time_zone\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_with_a_zone_that_is_not_there_is_refused_in_one_line()
    {
        var (status, _, errors) = await ScripProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--storage", folder.Storage],
            ("TZDIR", noZones.Path), ("SCRIP_TIME_ZONE", "Europe/Chisinau"));

        Assert.Equal(1, status);
        Assert.Contains("TimeZone must be an IANA name that this machine knows", errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        folder.Dispose();
        noZones.Dispose();
    }
}
