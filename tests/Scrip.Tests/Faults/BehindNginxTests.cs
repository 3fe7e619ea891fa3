using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>What the guide's configuration of nginx is for, with its own lines and without them.</summary>
[Trait("Database", "SQLite")]
public sealed class BehindNginxTests : IDisposable
{
    private const string Guarantee = "proxy_http_version 1.1;";

    private readonly TemporaryFolder folder = new();

    /// <summary>A list that breaks off must not look like a shorter one. nginx asks in HTTP/1.0 unless told otherwise, and then it does.</summary>
    [NginxFact]
    public async Task A_list_that_breaks_off_is_broken_off_behind_nginx_too()
    {
        var lines = PageText.BlocksOf(SourceTree.Read("docs/guides/behind-a-proxy.md")).Single(block => block.File == "scrip.conf").Text
            .Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("proxy_", StringComparison.Ordinal)).ToList();
        Assert.Contains(Guarantee, lines);

        Assert.NotEqual(0, await StatusOfCurlAsync(lines));
        Assert.Equal(0, await StatusOfCurlAsync(lines.Where(line => line != Guarantee && !line.Contains("Connection", StringComparison.Ordinal))));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Reads a long list slowly through nginx, and kills the server in its middle.</summary>
    private async Task<int> StatusOfCurlAsync(IEnumerable<string> location)
    {
        await using var server = await ScripProcess.ServeAsync(folder.Storage);
        await FillAsync(server);
        var upstream = server.Client.BaseAddress!;
        var port = PostgresUser.FreePort();
        var lines = location.Select(line => line.Replace("127.0.0.1:5080", $"127.0.0.1:{upstream.Port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "nginx.conf"), $$"""
            daemon off; user {{Environment.UserName}}; pid nginx.pid; error_log nginx.log; events {}
            http {
                access_log off; client_body_temp_path body; proxy_temp_path proxied;
                server { listen 127.0.0.1:{{port}}; location /gift/ { {{string.Join(' ', lines)}} } }
            }
            """);
        using var nginx = Process.Start("/usr/sbin/nginx", ["-e", Path.Combine(folder.Path, "nginx.log"), "-p", folder.Path, "-c", Path.Combine(folder.Path, "nginx.conf")]);
        try
        {
            var body = Path.Combine(folder.Path, "list.json");
            File.Delete(body);
            using var curl = Process.Start(
                "curl",
                ["--silent", "--noproxy", "*", "--retry", "50", "--retry-delay", "1", "--retry-connrefused", "--limit-rate", "1M", "--output", body,
                 "--header", $"API-Token: {ScripProcess.AdminToken}",
                 string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/gift/external/payment-certificate/")]);
            while ((!File.Exists(body) || new FileInfo(body).Length == 0) && !curl.HasExited)
                await Task.Delay(20);
            await server.KillAsync();
            await curl.WaitForExitAsync();
            Assert.False((await File.ReadAllTextAsync(body)).EndsWith(']'), "The list was over before the server was killed.");
            return curl.ExitCode;
        }
        finally
        {
            await SystemCommand.RunAsync("kill", "-TERM", nginx.Id.ToString(CultureInfo.InvariantCulture));
            await nginx.WaitForExitAsync();
        }
    }

    private static async Task FillAsync(ScripProcess server)
    {
        var first = await server.Client.GetStringAsync("/external/payment-certificate/?page_size=1");
        if (first != "[]")
            return;
        var items = Enumerable.Range(0, 100_000).Select(number => new { code = number.ToString("D200", CultureInfo.InvariantCulture) });
        using var created = await server.Client.PostAsJsonAsync("/external/payment-certificate/bulk-create/", items);
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
    }

    private sealed class NginxFactAttribute() : RequirementFactAttribute(
        () => File.Exists("/usr/sbin/nginx") && File.Exists("/usr/bin/curl") ? null : "nginx or curl is not installed.");
}
