using System.Net.Http.Headers;
using System.Text;
using Scrip.Server.Problems;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>
/// Each call with every possible header, from every caller, and each problem: status, headers, media type and body match the description.
/// Bodies and parameters have their own tests.
/// </summary>
public sealed class OpenApiResponseTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    /// <summary>Problems that no request provokes: a defect, and a full disk (which <see cref="Faults.FullDiskTests"/> causes).</summary>
    private static readonly ProblemType[] NotHere = [ProblemType.InternalError, ProblemType.DiskFull];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "text/html"), ("Accept-Encoding", "br"), ("Accept-Encoding", "gzip"), ("Range", "bytes=0-1"), ("Expect", "100-continue"),
        ("If-Match", "*"), ("If-Match", "\"1\""), ("If-Match", "\"1\", \"9\""), ("If-Match", "W/\"1\""), ("If-Match", "nonsense"), ("If-Match", ""),
        ("If-None-Match", "*"), ("If-None-Match", "\"1\""), ("If-None-Match", "W/\"1\""), ("If-None-Match", "nonsense"), ("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT"),
        ("Idempotency-Key", ""), ("Idempotency-Key", " "), ("Idempotency-Key", "\"quoted\""), ("Idempotency-Key", "\"open"), ("Idempotency-Key", "a\tb"),
        ("Idempotency-Key", new string('k', 255)), ("Idempotency-Key", new string('k', 256)), ("Idempotency-Key", "again"), ("Idempotency-Key", "again"),
    ];

    private static readonly string?[] MediaTypes =
    [
        null, "text/plain", "application/json; charset=utf-8", "application/json; charset=windows-1251", "application/merge-patch+json",
        "application/json; charset=utf-8; charset=utf-8", "application/xml", "*/*",
    ];

    [Fact]
    public async Task Each_call_with_each_header_is_answered_as_described()
    {
        await using var own = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(own);
        var responses = new DescribedResponses(description);
        await FillAsync(own.Client);
        foreach (var operation in description.Operations)
        {
            foreach (var header in Headers)
                await responses.CheckAsync(own.Client, operation.Method, operation.ExamplePath, operation.BodyExample?.ToJsonString(), header);
            foreach (var id in new[] { "0", "-1", "01", "999", "nonsense", "9223372036854775808", "%D1%C5", "%20" }.Where(_ => operation.Path.Contains('{', StringComparison.Ordinal)))
                await responses.CheckAsync(own.Client, operation.Method, operation.Path.Replace("{id}", id, StringComparison.Ordinal), operation.BodyExample?.ToJsonString(), Key($"of {id}"));
            await responses.CheckAsync(own.Client, operation.Method, operation.ExamplePath.TrimEnd('/'), operation.BodyExample?.ToJsonString(), Key("without slash"));
        }
        Assert.InRange(responses.Count, 700, int.MaxValue);
    }

    [Fact]
    public async Task Each_call_from_each_caller_is_answered_as_described()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var responses = new DescribedResponses(description);
        await FillAsync(scrip.Application.Client);
        using var stranger = scrip.Application.ClientWithoutToken();
        List<(string Name, string Value)> callers = [("X", "no token"), ("API-Token", "nonsense"), ("Authorization", "Bearer nonsense"), ("Authorization", "Basic eDp5")];
        foreach (var scope in new[] { "certificates:read", "certificates:write", "redemptions:write", "reports:read", "admin" })
            callers.Add(("Authorization", "Bearer " + (await SharedScrip.CreateTokenAsync(scrip.Application.Client, "default", scope)).Text));
        var elsewhere = await scrip.OpenNamedSiteAsync("JPY", "Asia/Tokyo");
        callers.Add(("API-Token", (await SharedScrip.CreateTokenAsync(scrip.Application.Client, elsewhere, "admin")).Text));

        foreach (var operation in description.Operations)
        {
            foreach (var caller in callers)
            {
                var answer = await responses.CheckAsync(
                    stranger, operation.Method, operation.ExamplePath, operation.BodyExample?.ToJsonString(), caller, Key(caller.Value[^8..] + operation.Id));
                Assert.True(operation.NeedsToken || answer.Status == 200, $"{operation.Id}: {answer.Status}");
            }
            foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" })
                await responses.CheckAsync(stranger, method, operation.ExamplePath, null, callers[^2], Key("of a method"));
        }
        Assert.InRange(responses.Count, 400, int.MaxValue);
    }

    [Fact]
    public async Task Each_body_of_another_media_type_is_answered_as_described()
    {
        await using var own = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(own);
        var responses = new DescribedResponses(description);
        await FillAsync(own.Client);
        foreach (var operation in description.Operations.Where(operation => operation.BodyExample is not null))
        {
            foreach (var mediaType in MediaTypes)
            {
                var answer = await SendAsync(operation, mediaType, encoding: null);
                var isDescribed = operation.Body!["content"]!.AsObject().Any(known => known.Key == mediaType?.Split(';')[0]);
                var isTaken = isDescribed && mediaType != "application/json; charset=windows-1251" && mediaType?.Split("charset").Length != 3;
                Assert.True(isTaken == (answer.Status != 415), $"{operation.Id}, {mediaType}: {answer.Status}");
            }
            Assert.Equal(415, (await SendAsync(operation, "application/json", "gzip")).Status);
        }

        async Task<Answer> SendAsync(OpenApiDescription.Operation operation, string? mediaType, string? encoding)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(operation.BodyExample!.ToJsonString()));
            content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
            if (encoding is not null)
                content.Headers.ContentEncoding.Add(encoding);
            var answer = await own.Client.SendAsync(operation.Method, operation.ExamplePath, content, Key($"{operation.Id} {mediaType} {encoding}"));
            return responses.Check(operation.Method, operation.ExamplePath, answer, $"{mediaType} {encoding}");
        }
    }

    [Fact]
    public async Task Each_problem_that_a_request_can_provoke_is_as_described()
    {
        await using var own = await ScripApplication.StartAsync(("MaxBulkCallsAtOnce", "1"), ("MaxBulkItems", "5"), ("MaxCodeMissesPerMinute", "2"));
        var description = await OpenApiDescription.ReadAsync(own);
        var responses = new DescribedResponses(description);
        var client = own.Client;
        await CallAsync(201, "POST", BulkCreate,
            """
            [{"code":"A","value":100},{"code":"OFF","value":100,"is_active":false},{"code":"SOON","value":100,"starts_at":"2999-01-01"},
             {"code":"LATE","value":100,"expires_at":"2020-01-01T00:00:00Z"},{"code":"NONE"}]
            """);
        await CallAsync(400, "GET", Certificates + "?page=0");
        await CallAsync(404, "GET", Certificates + "9");
        await CallAsync(404, "GET", "/nowhere");
        await CallAsync(405, "POST", Certificates);
        await CallAsync(409, "POST", BulkCreate, """[{"code":"A"}]""");
        await CallAsync(201, "POST", Redemptions, """{"code":"A","amount":1,"reference":"1"}""", Key("1"));
        await CallAsync(201, "POST", Redemptions, """{"code":"A","amount":1,"reference":"1"}""", Key("1"));
        await CallAsync(422, "POST", Redemptions, """{"code":"A","amount":2,"reference":"1"}""", Key("1"));
        await CallAsync(409, "POST", Redemptions, """{"code":"A","amount":1,"reference":"1"}""", Key("2"));
        await CallAsync(409, "POST", Redemptions, """{"code":"OFF","reference":"1"}""", Key("3"));
        await CallAsync(409, "POST", Redemptions, """{"code":"SOON","reference":"1"}""", Key("4"));
        await CallAsync(409, "POST", Redemptions, """{"code":"LATE","reference":"1"}""", Key("5"));
        await CallAsync(409, "POST", Redemptions, """{"code":"NONE","reference":"1"}""", Key("6"));
        await CallAsync(409, "POST", Redemptions, """{"code":"A","amount":1000,"reference":"2"}""", Key("7"));
        await CallAsync(409, "POST", Redemptions + "1/release", null, Key("8"));
        foreach (var code in new[] { "A", "OFF", "SOON", "LATE", "NONE" })
            await CallAsync(200, "POST", Check, $$"""{"code":"{{code}}","amount":1000}""");
        await CallAsync(412, "PUT", Certificates + "1", """{"code":"A"}""", ("If-Match", "\"9\""));
        await CallAsync(412, "PUT", BulkUpdate, """[{"id":1,"code":"A","version":9}]""");
        await CallAsync(413, "POST", BulkCreate, "[{},{},{},{},{},{}]");
        await CallAsync(413, "PUT", Certificates + "1", new string(' ', 70_000));
        await CallAsync(415, "POST", BulkCreate, null);
        var wrong = await CallAsync(404, "POST", Check, """{"code":"WRONG"}""");
        while (wrong.Status == 404)
            wrong = await responses.CheckAsync(client, "POST", Check, """{"code":"WRONG"}""");
        Assert.Equal(429, wrong.Status);
        using (var checkout = own.ClientWith((await SharedScrip.CreateTokenAsync(client, "default", "redemptions:write")).Text))
        {
            Assert.Equal(200, (await responses.CheckAsync(checkout, "GET", Redemptions)).Status);
            Assert.Equal(403, (await responses.CheckAsync(checkout, "GET", Certificates)).Status);
            Assert.Equal(403, (await responses.CheckAsync(checkout, "POST", Redemptions, """{"certificate_id":1,"reference":"3"}""", Key("9"))).Status);
            var guess = await responses.CheckAsync(checkout, "GET", Redemptions + "?code=WRONG");
            while (guess.Status == 200)
                guess = await responses.CheckAsync(checkout, "GET", Redemptions + "?code=WRONG");
            Assert.Equal(429, guess.Status);
        }
        using (var stranger = own.ClientWithoutToken())
            Assert.Equal(401, (await responses.CheckAsync(stranger, "GET", Certificates)).Status);

        // The only place for bulk calls is taken by a body that first does not come, and then comes too slowly.
        using (var slow = await SlowBody.BeginAsync(own, BulkCreate))
        {
            await CallAsync(503, "POST", BulkCreate, "[]".PadRight(200_000));
            responses.Check("POST", BulkCreate, await slow.DripAsync());
        }
        // These are not requests yet, so they belong to no call.
        responses.Check("GET", "/", await RawAsync($"GET /?x={new string('x', 9_000)} HTTP/1.1\r\nHost: x\r\n\r\n"));
        responses.Check("GET", "/", await RawAsync($"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('x', 40_000)}\r\n\r\n"));
        responses.Check("GET", "/", await RawAsync("GET / HTTP/9.1\r\nHost: x\r\n\r\n"));

        Assert.Equal(ProblemType.All.Except(NotHere).Select(type => type.Uri).Order(StringComparer.Ordinal), responses.Problems);

        async Task<Answer> CallAsync(int status, string method, string path, string? body = null, params (string Name, string Value)[] headers)
        {
            var answer = await responses.CheckAsync(client, method, path, body, headers);
            Assert.True(status == answer.Status, $"{method} {path} {body}: {answer.Status} {answer.Body}");
            return answer;
        }

        async Task<Answer> RawAsync(string request) => RawHttp.Parse(await RawHttp.ExchangeAsync(own.Address, request));
    }

    private static async Task FillAsync(HttpClient client)
    {
        await client.CreateAsync("""[{"code":"CERT-001","value":500000},{"code":"CERT-002","value":500000}]""", Key("fill"));
        await client.RedeemAsync("""{"certificate_id":1,"amount":"200.00","reference":"FILL-1","capture":false}""", "fill-1");
        await client.RedeemAsync("""{"certificate_id":1,"amount":"200.00","reference":"FILL-2","capture":false}""", "fill-2");
        await client.PostAsync("/external/api-token/", """{"site":"default","name":"ERP","scopes":["certificates:read"]}""", Key("fill-3"));
    }
}
