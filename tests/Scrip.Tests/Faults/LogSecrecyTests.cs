using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// Nothing that a caller wrote reaches the log, at any level that an operator can configure: each part of a request contains a secret.
/// </summary>
public sealed class LogSecrecyTests
{
    private const string Secret = "SECRET";

    private static readonly (string Name, string Value)[] Everything =
    [
        ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
        ("Logging__LogLevel__Microsoft.AspNetCore.Server.Kestrel", "Trace"), ("Logging__LogLevel__System", "Trace"),
        ("Logging__LogLevel__Npgsql", "Trace"), ("Logging__LogLevel__Scrip", "Trace"), ("Logging__Console__LogLevel__Default", "Trace"),
        ("Logging__Console__FormatterName", "json"), ("Logging__Console__IncludeScopes", "true"),
        ("Logging__Console__FormatterOptions__IncludeScopes", "true"), ("Logging__Debug__LogLevel__Default", "Trace"),
        ("Logging__EventSource__LogLevel__Default", "Trace"),
    ];

    private int made;

    [Fact]
    public async Task Nothing_that_a_caller_wrote_reaches_the_log_at_any_level()
    {
        using var storage = new TestStorage();
        var setting = TestStorage.IsPostgres ? storage.Setting + ";Include Error Detail=true" : storage.Setting;
        await using var scrip = await ScripProcess.ServeAsync(setting, Everything);
        var token = (await SharedScrip.CreateTokenAsync(scrip.Client, "default", "certificates:read", "redemptions:write")).Text;

        await SendQueriesAndPathsAsync(scrip.Client);
        await SendBodiesAsync(scrip.Client);
        await SendHeadersAsync(scrip.Client);
        await SendTokensAsync(scrip.Client.BaseAddress!, token);
        foreach (var malformed in Malformed())
            await RawHttp.ExchangeAsync(scrip.Client.BaseAddress!, malformed);
        await scrip.TerminateAsync();

        var log = scrip.Output.Concat(scrip.Errors).ToList();
        Assert.DoesNotContain(log, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(log, line => line.Contains(ScripProcess.AdminToken, StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains(token, StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("POST /external/payment-certificate/bulk-create 409 in ", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("GET /external/payment-certificate/{id} 404 in ", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("(other method) (no such path) ", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains(" by default/token:1, trace ", StringComparison.Ordinal));
    }

    private async Task SendQueriesAndPathsAsync(HttpClient client)
    {
        foreach (var path in new[]
        {
            $"{Certificates}?code={New()}", $"{Certificates}?search={New()}", $"{Certificates}?{New()}=1", $"{Certificates}?page={New()}",
            $"{Certificates}?fields={New()}", $"{Certificates}?code=%D1%C5{New()}", $"{Redemptions}?code={New()}", $"{Redemptions}?reference={New()}",
            $"{Redemptions}?created_after={New()}", $"{Entries}?kind={New()}", $"{Certificates}{New()}", $"{Certificates}{New()}/entry/",
            $"{Redemptions}{New()}/", $"{Redemptions}{New()}/{New()}/", $"/{New()}/{New()}", $"/problems/{New()}", $"{Certificates}%ff{New()}",
            $"{Certificates}1/{New()}#{New()}", $"/docs/{New()}", $"/openapi/{New()}.json", $"/health/{New()}",
        })
        {
            foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "SECRETMETHOD" })
                await client.CallAsync(method, path, method.StartsWith('P') ? "{}" : null);
        }
    }

    private async Task SendBodiesAsync(HttpClient client)
    {
        var code = New();
        await client.CreateAsync($$"""[{"code":"{{code}}","value":500,"note":"{{New()}}"}]""");
        Assert.Equal(409, (await client.CreateAsync($$"""[{"code":"{{code}}"}]""")).Status);
        await client.CreateAsync($$"""[{"code":"{{New()}}"}]""");
        Assert.Equal(409, (await client.PutAsync(Certificates + "2", $$"""{"code":"{{code}}"}""")).Status);
        await client.UpdateAsync($$"""[{"id":2,"code":"{{code}}"},{"id":99,"code":"{{New()}}"}]""");
        foreach (var body in new[]
        {
            New(), $$"""{"{{New()}}":1}""", $$"""[{"{{New()}}":1}]""", $$"""[{"code":"{{New()}}" """, $$"""[{"code":"{{New()}}","value":"{{New()}}"}]""",
            $$"""[{"code":{{New()}}}]""", $$"""{"code":"{{New()}}\ud800"}""", $$"""{"code":"{{code}}","amount":"{{New()}}","reference":"{{New()}}"}""",
            $$"""{"code":"{{code}}","amount":1,"reference":"{{New()}}","customer":"{{New()}}"}""",
            $$"""{"code":"{{code}}","amount":99999,"reference":"{{New()}}"}""", $$"""{"code":"{{New()}}","reference":"{{New()}}"}""",
            $$"""{"code":"{{New()}}"}""", $$"""{"code":"{{code}}","hold_expires_at":"{{New()}}","reference":"R","capture":false}""",
            $$"""{"site":"{{New()}}","name":"{{New()}}","scopes":["{{New()}}"],"expires_at":"{{New()}}"}""",
            $$"""{"site":"default","name":"{{New()}}","scopes":["admin"]}""", $$"""{"name":"{{New()}}","currency":"{{New()}}","time_zone":"{{New()}}"}""",
        })
        {
            foreach (var path in new[] { BulkCreate, Check, Redemptions, Redemptions + "1/capture", Redemptions + "1/refund", "/external/api-token/", "/external/site/" })
                await client.PostAsync(path, body, ("Idempotency-Key", New()));
            await client.UpdateAsync(body);
            await client.PutAsync(Certificates + "1", body, ("If-Match", $"\"{New()}\""));
        }
    }

    private async Task SendHeadersAsync(HttpClient client)
    {
        foreach (var header in new[]
        {
            "X-Any", "Cookie", "User-Agent", "Referer", "Origin", "traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context", "Forwarded",
            "X-Forwarded-For", "If-Match", "If-None-Match", "Accept", "Accept-Encoding", "Range", "Idempotency-Key", "Host", "Upgrade", "Expect",
        })
        {
            foreach (var value in new[] { New(), $"\"{New()}\"", $"key={New()}", $"|{New()}.1." })
            {
                await TrySendAsync(() => client.FetchAsync(Certificates + "1", (header, value)));
                await TrySendAsync(() => client.PostAsync(BulkCreate, "[]", (header, value)));
            }
        }
        foreach (var type in new[] { $"application/{New()}", $"application/json; charset={New()}", $"multipart/form-data; boundary={New()}" })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(New()));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            content.Headers.ContentEncoding.Add(New());
            await client.SendAsync("POST", BulkCreate, content);
        }
    }

    private async Task SendTokensAsync(Uri address, string valid)
    {
        using var client = new HttpClient { BaseAddress = address };
        foreach (var token in new[] { New(), $"scrip_default_{New()}", valid + New() })
        {
            foreach (var (header, before) in new[] { ("API-Token", ""), ("Authorization", "Bearer "), ("Authorization", "Basic "), ("Authorization", "") })
                await client.FetchAsync(Certificates, (header, before + token));
        }
        Assert.Equal(200, (await client.FetchAsync(Certificates, ("API-Token", valid))).Status);
        Assert.Equal(200, (await client.FetchAsync(Redemptions, ("Authorization", "Bearer " + valid))).Status);
    }

    /// <summary>Requests that are not valid HTTP. Names of headers and everything else are secrets too.</summary>
    private IEnumerable<string> Malformed()
    {
        var get = $"GET {Certificates}{New()} HTTP/1.1\r\nHost: localhost\r\n";
        var post = $"POST {BulkCreate} HTTP/1.1\r\nHost: localhost\r\nAPI-Token: {ScripProcess.AdminToken}\r\nContent-Type: application/json\r\n";
        yield return $"{New()}\r\n\r\n";
        yield return $"{New()} {New()} {New()}\r\n\r\n";
        yield return $"GET {New()} HTTP/1.1\r\n\r\n";
        yield return $"GET /{New()} HTTP/9.9\r\n\r\n";
        yield return $"GET /{New()}\0 HTTP/1.1\r\n\r\n";
        yield return $"GET /{New()} HTTP/1.1\r\nHost: {New()} {New()}\r\n\r\n";
        yield return $"{get}API-Token {New()}\r\n\r\n";
        yield return $"{get}API-Token : {New()}\r\n\r\n";
        yield return $"{get} {New()}: {New()}\r\n\r\n";
        yield return $"{get}{New()}\0: {New()}\r\n\r\n";
        yield return $"{get}API-Token: {New()}\0\r\n\r\n";
        yield return $"{get}API-Token: {New()}\u00e9\r\n\r\n";
        yield return $"{get}Content-Length: {New()}\r\n\r\n";
        yield return $"{get}X: {new string('x', 40_000)}{New()}\r\n\r\n";
        yield return $"GET /{new string('x', 9_000)}{New()} HTTP/1.1\r\n\r\n";
        yield return $"{post}Transfer-Encoding: {New()}\r\n\r\n{New()}";
        yield return $"{post}Transfer-Encoding: chunked\r\n\r\n{New()}\r\n";
        yield return $"{post}Transfer-Encoding: chunked\r\n\r\n5\r\n{New()}\r\n";
        yield return $"{post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{New()}";
        yield return $"{post}Content-Length: 5\r\n\r\n{New()}";
        yield return $"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{New()}";
        yield return $"CONNECT {New()}:443 HTTP/1.1\r\nHost: {New()}\r\n\r\n";
        yield return $"OPTIONS * HTTP/1.1\r\nHost: {New()}\r\nAccess-Control-Request-Headers: {New()}\r\n\r\n";
    }

    /// <summary>Sends a call. A client may refuse to send an invalid request, and a server may refuse to respond.</summary>
    private static async Task TrySendAsync(Func<Task<Answer>> call)
    {
        try
        {
            await call();
        }
        catch (HttpRequestException)
        {
            // The request did not get as far as the log.
        }
    }

    private string New() => string.Create(CultureInfo.InvariantCulture, $"{Secret}-{made++}");
}
