using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Tokens over HTTP: created, shown once, listed without their secrets, revoked at once.</summary>
public sealed class TokenTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Path = "/external/api-token/";

    private HttpClient Admin => scrip.Application.Client;

    [Fact]
    public async Task A_token_is_shown_once_and_in_lists_not_at_all()
    {
        var site = await scrip.OpenNamedSiteAsync();

        var created = await Admin.PostAsync(Path, $$"""{"site":"{{site}}","name":"ERP","scopes":["certificates:write","certificates:read"],"expires_at":"2030-01-31T12:00:00+02:00"}""");

        Assert.Equal(201, created.Status);
        Assert.Matches(
            $$"""^\{"id":1,"site":"{{site}}","name":"ERP","scopes":\["certificates:read","certificates:write"\],"created_at":"20[0-9-]{8}"""
            + $$"""T[0-9:]{8}(\.\d{1,6})?Z","expires_at":"2030-01-31T10:00:00Z","token":"scrip_{{site}}_[0-9A-Za-z]{42}"\}$""",
            created.Body);
        var withoutToken = created.Body[..created.Body.IndexOf(",\"token\"", StringComparison.Ordinal)] + "}";
        (await Admin.FetchAsync($"{Path}?site={site}")).Expect(200, $"[{withoutToken}]");
    }

    [Fact]
    public async Task Tokens_and_sites_are_answered_as_plain_JSON_that_nobody_keeps()
    {
        var site = await scrip.OpenNamedSiteAsync();
        Answer[] answers =
        [
            await Admin.PostAsync(Path, $$"""{"site":"{{site}}","name":"x","scopes":["admin"]}"""),
            await Admin.FetchAsync($"{Path}?site={site}"),
            await Admin.PostAsync("/external/site/", """{"name":"kept-by-nobody","currency":"MDL","time_zone":"UTC"}"""),
            await Admin.FetchAsync("/external/site/"),
        ];

        foreach (var answer in answers)
        {
            Assert.Equal("application/json", answer.Header("Content-Type"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Matches("\"created_at\":\"20[0-9-]{8}T[0-9:]{8}(\\.\\d{1,6})?Z\"", answer.Body);
        }
    }

    [Fact]
    public async Task The_name_of_a_token_is_counted_in_Unicode_characters()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var gifts = string.Concat(Enumerable.Repeat("🎁", 100));

        Assert.Equal(201, (await Admin.PostAsync(Path, Named(gifts))).Status);
        (await Admin.PostAsync(Path, Named(gifts + "x"))).ExpectInvalid("/name too_long");

        string Named(string name) => $$"""{"site":"{{site}}","name":"{{name}}","scopes":["admin"]}""";
    }

    [Fact]
    public async Task The_text_of_a_token_is_nowhere_in_the_data()
    {
        await using var own = await ScripApplication.StartAsync();
        var (_, text) = await SharedScrip.CreateTokenAsync(own.Client, "default", "admin");

        await own.RestartAsync(whileStopped: () =>
        {
            foreach (var file in Directory.GetFiles(own.DataFolder))
            {
                var bytes = File.ReadAllBytes(file);
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text["scrip_default_".Length..])) < 0, file);
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(ScripApplication.AdminToken)) < 0, file);
            }
        });
    }

    [Fact]
    public async Task A_revoked_token_is_dead_when_its_revocation_is_answered()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var (id, text) = await SharedScrip.CreateTokenAsync(Admin, site, "admin");
        using var holder = scrip.Application.ClientWith(text);
        Assert.Equal(200, (await holder.FetchAsync(Path)).Status);

        (await holder.CallAsync("DELETE", Path + id, null)).Expect(204, "");

        (await holder.FetchAsync(Path)).ExpectProblem(401, "unauthorized");
        Assert.Contains("\"revoked_at\":\"", (await Admin.FetchAsync($"{Path}?site={site}")).Body, StringComparison.Ordinal);
        (await Admin.CallAsync("DELETE", $"{Path}{id}/?site={site}", null)).Expect(204, "");
    }

    [Fact]
    public async Task On_one_connection_every_request_is_that_of_the_token_it_brings()
    {
        var (mine, theirs) = (await scrip.OpenNamedSiteAsync(), await scrip.OpenNamedSiteAsync());
        var (_, my) = await SharedScrip.CreateTokenAsync(Admin, mine, "admin");
        var (_, their) = await SharedScrip.CreateTokenAsync(Admin, theirs, "admin");
        var almost = my[..^1] + (my[^1] == 'x' ? 'y' : 'x');
        string[] requests = [With(my), With(my), With(their), With(almost), With(almost), With(""), With(new string('x', 300)), With(my), With(their)];

        var answers = await RawHttp.ExchangeAsync(scrip.Application.Address, string.Concat(requests));

        var seen = Regex.Matches(answers, "HTTP/1.1 (?<status>[0-9]{3})|\"site\":\"(?<site>[^\"]+)\"")
            .Select(match => match.Groups["status"].Value + match.Groups["site"].Value);
        Assert.Equal(["200", mine, "200", mine, "200", theirs, "401", "401", "401", "401", "200", mine, "200", theirs], seen);

        static string With(string token) => $"GET {Path} HTTP/1.1\r\nHost: localhost\r\nAPI-Token: {token}\r\n\r\n";
    }

    [Fact]
    public async Task Requests_that_share_an_HTTP_2_connection_at_the_same_time_are_those_of_the_tokens_they_bring()
    {
        using var storage = new TestStorage();
        await using var process = await ScripProcess.ServeAsync(storage.Setting, ("Kestrel__EndpointDefaults__Protocols", "Http2"));
        using var http2 = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = process.Client.BaseAddress };

        var tokens = Enumerable.Range(0, 400).Select(at => at % 2 == 0 ? ScripProcess.AdminToken : $"somebody-else-{at % 7}");
        var answers = await Task.WhenAll(tokens.Select(async token => (Token: token, Status: await StatusAsync(token))));

        Assert.All(answers, answer => Assert.Equal(answer.Token == ScripProcess.AdminToken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.Status));

        async Task<HttpStatusCode> StatusAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path)
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Headers = { { "API-Token", token } },
            };
            using var answer = await http2.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task An_administrator_of_a_site_sees_and_makes_tokens_of_it_alone()
    {
        var mine = await scrip.OpenNamedSiteAsync();
        var theirs = await scrip.OpenNamedSiteAsync();
        var admin = await scrip.ClientForAsync(mine, "admin");
        await SharedScrip.CreateTokenAsync(Admin, theirs, "admin");

        Assert.DoesNotContain(theirs, (await admin.FetchAsync(Path)).Body, StringComparison.Ordinal);
        Assert.Contains($"\"site\":\"{mine}\"", (await admin.FetchAsync(Path)).Body, StringComparison.Ordinal);
        await AssertSameAsync(site => admin.FetchAsync($"{Path}?site={site}"));
        await AssertSameAsync(site => admin.PostAsync(Path, $$"""{"site":"{{site}}","name":"x","scopes":["admin"]}"""));
        await AssertSameAsync(site => admin.CallAsync("DELETE", $"{Path}1/?site={site}", null));
        (await admin.FetchAsync("/external/site/")).Expect(
            200, $"[{(await Admin.FetchAsync("/external/site/")).Body.Split("},{").Single(site => site.Contains($"\"{mine}\"", StringComparison.Ordinal)).Trim('[', ']', '{', '}').Insert(0, "{")}}}]");
        (await admin.PostAsync("/external/site/", """{"name":"mine-too","currency":"USD","time_zone":"UTC"}""")).ExpectProblem(403, "forbidden");
        Assert.Equal(201, (await admin.PostAsync(Path, $$"""{"site":"{{mine}}","name":"x","scopes":["admin"]}""")).Status);
        Assert.DoesNotContain("revoked_at", (await Admin.FetchAsync($"{Path}?site={theirs}")).Body, StringComparison.Ordinal);

        async Task AssertSameAsync(Func<string, Task<Answer>> call)
        {
            var others = await call(theirs);
            others.ExpectProblem(400, "invalid-request", [.. others.Errors()]);
            Assert.Equal((await call("nosuchsite")).BodyWithoutTrace, others.BodyWithoutTrace);
        }
    }

    [Theory]
    [InlineData("{}", "/site required", "/name required", "/scopes required")]
    [InlineData("""{"site":"default","name":"","scopes":["admin"]}""", "/name empty")]
    [InlineData("""{"site":"default","name":" x","scopes":["admin"]}""", "/name outer_white_space")]
    [InlineData("""{"site":"default","name":"a\nb","scopes":["admin"]}""", "/name control_character")]
    [InlineData("""{"site":"default","name":5,"scopes":["admin"]}""", "/name wrong_type")]
    [InlineData("""{"site":"default","name":"x","scopes":[]}""", "/scopes wrong_type")]
    [InlineData("""{"site":"default","name":"x","scopes":"admin"}""", "/scopes wrong_type")]
    [InlineData("""{"site":"default","name":"x","scopes":["admin",null]}""", "/scopes/1 wrong_type")]
    [InlineData("""{"site":"default","name":"x","scopes":["admin","root","user"]}""", "/scopes/1 unknown_value", "/scopes/2 unknown_value")]
    [InlineData("""{"site":"default","name":"x","scopes":["Admin"]}""", "/scopes/0 unknown_value")]
    [InlineData("""{"site":"default","name":"x","scopes":["admin"],"expires_at":"2020-01-01T00:00:00Z"}""", "/expires_at out_of_range")]
    [InlineData("""{"site":"default","name":"x","scopes":["admin"],"expires_at":"2030-01-01"}""", "/expires_at wrong_type")]
    [InlineData("""{"site":"default","name":"x","scopes":["admin"],"expires_at":1893456000}""", "/expires_at wrong_type")]
    [InlineData("""{"site":"DEFAULT","name":"x","scopes":["admin"]}""", "/site unknown_value")]
    [InlineData("""{"site":"default","name":"x","scopes":["admin"],"token":"scrip_x"}""", "/token unknown_member")]
    public async Task A_token_that_cannot_be_meant_is_refused(string body, params string[] errors)
    {
        var before = await Admin.FetchAsync(Path);

        (await Admin.PostAsync(Path, body)).ExpectInvalid(errors);
        Assert.Equal(before.Body, (await Admin.FetchAsync(Path)).Body);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("999")]
    [InlineData("01")]
    [InlineData("9223372036854775808")]
    public async Task A_token_that_was_never_made_is_not_there(string id)
    {
        var site = await scrip.OpenNamedSiteAsync();
        var (_, text) = await SharedScrip.CreateTokenAsync(Admin, site, "certificates:read");

        (await Admin.CallAsync("DELETE", $"{Path}{id}/?site={site}", null)).ExpectProblem(404, "not-found");

        using var holder = scrip.Application.ClientWith(text);
        Assert.Equal(200, (await holder.FetchAsync(Certificates)).Status);
    }

    [Theory]
    [InlineData("""{}""", "/name required", "/currency required", "/time_zone required")]
    [InlineData("""{"name":"Upper","currency":"USD","time_zone":"UTC"}""", "/name unknown_value")]
    [InlineData("""{"name":"under_score","currency":"USD","time_zone":"UTC"}""", "/name unknown_value")]
    [InlineData("""{"name":"-x","currency":"USD","time_zone":"UTC"}""", "/name unknown_value")]
    [InlineData("""{"name":"магазин","currency":"USD","time_zone":"UTC"}""", "/name unknown_value")]
    [InlineData("""{"name":"x","currency":"usd","time_zone":"UTC"}""", "/currency unknown_value")]
    [InlineData("""{"name":"x","currency":"EURO","time_zone":"UTC"}""", "/currency too_long")]
    [InlineData("""{"name":"Upper","currency":"USD","time_zone":"UTC","x":1}""", "/x unknown_member", "/name unknown_value")]
    [InlineData("""{"name":"x","currency":"XXX","time_zone":"UTC"}""", "/currency unknown_value")]
    [InlineData("""{"name":"x","currency":"USD","time_zone":"Mars/Olympus"}""", "/time_zone unknown_value")]
    [InlineData("""{"name":"x","currency":"USD","time_zone":"../../etc/passwd"}""", "/time_zone unknown_value")]
    [InlineData("""{"name":"x","currency":"USD","time_zone":null}""", "/time_zone wrong_type")]
    public async Task A_site_that_cannot_be_meant_is_refused(string body, params string[] errors) =>
        (await Admin.PostAsync("/external/site/", body)).ExpectInvalid(errors);

    [Fact]
    public async Task A_site_is_answered_as_it_is_listed()
    {
        var created = await Admin.PostAsync("/external/site/", """{"name":"chisinau","currency":"MDL","time_zone":"Europe/Chisinau"}""");

        Assert.Equal(201, created.Status);
        using var json = JsonDocument.Parse(created.Body);
        Assert.Equal(["id", "name", "currency", "time_zone", "created_at"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Contains(created.Body, (await Admin.FetchAsync("/external/site/")).Body, StringComparison.Ordinal);
        (await Admin.PostAsync("/external/site/", """{"name":"chisinau","currency":"USD","time_zone":"UTC"}""")).ExpectProblem(409, "conflict", "/name name_taken");
        (await Admin.PostAsync("/external/site/", """{"name":"default","currency":"USD","time_zone":"UTC"}""")).ExpectProblem(409, "conflict", "/name name_taken");
    }
}
