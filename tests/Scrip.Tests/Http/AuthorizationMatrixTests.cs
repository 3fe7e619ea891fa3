using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Who may call what, with a row for every endpoint. A new endpoint without a row fails here.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationMatrixTests.Tokens tokens) : IClassFixture<AuthorizationMatrixTests.Tokens>
{
    private const string Open = "open";
    private const string AnyToken = "any token";
    private const string Read = "certificates:read";
    private const string Write = "certificates:write";
    private const string Redeem = "redemptions:write";
    private const string Reports = "reports:read";
    private const string Admin = "admin";

    /// <summary>Each of these scopes suffices.</summary>
    private const string ReadRedemptions = Redeem + " " + Read + " " + Reports;

    /// <summary>The scope <c>admin</c> in the site <c>default</c>.</summary>
    private const string AdminOfAll = "admin of all";

    /// <summary>Method and pattern, the scope, and a call with the status that its endpoint returns if the caller is allowed.</summary>
    private static readonly Row[] Rows =
    [
        new("GET /external/payment-certificate/", Read, Certificates, null, 200),
        new("GET /external/payment-certificate/{id}", Read, Certificates + "1", null, 200),
        new("PUT /external/payment-certificate/{id}", Write, Certificates + "1", """{"code":"A"}""", 200),
        new("PATCH /external/payment-certificate/{id}", Write, Certificates + "1", "{}", 200),
        new("POST /external/payment-certificate/bulk-create", Write, BulkCreate, "[]", 201),
        new("PUT /external/payment-certificate/bulk-update", Write, BulkUpdate, "[]", 200),
        new("PATCH /external/payment-certificate/bulk-update", Write, BulkUpdate, "[]", 200),
        new("POST /external/payment-certificate/{id}/write-off", Write, Certificates + "1/write-off", "{}", 400),
        new("POST /external/payment-certificate/bulk-write-off", Write, Certificates + "bulk-write-off", "[]", 400),
        new("* /external/payment-certificate/bulk-write-off", Open, Certificates + "bulk-write-off", null, 405),
        new("POST /external/payment-certificate/generate", Write, Certificates + "generate", "{}", 400),
        new("* /external/payment-certificate/generate", Open, Certificates + "generate", null, 405),
        new("GET /external/payment-certificate/batch", Read, Certificates + "batch", null, 200),
        new("GET /external/payment-certificate/batch/{id}", Read, Certificates + "batch/1", null, 404),
        new("PUT /external/payment-certificate/batch/{id}", Write, Certificates + "batch/1", """{"name":"May"}""", 404),
        new("* /external/payment-certificate/batch", Open, Certificates + "batch", null, 405),
        new("POST /external/payment-certificate/import", Write, Certificates + "import", "{}", 415),
        new("* /external/payment-certificate/import", Open, Certificates + "import", null, 405),
        new("* /external/payment-certificate/bulk-create", Open, BulkCreate, null, 405),
        new("* /external/payment-certificate/bulk-update", Open, BulkUpdate, null, 405),
        new("POST /external/payment-certificate/check", Redeem, Check, """{"code":"A"}""", 200),
        new("GET /external/payment-certificate/redemption", ReadRedemptions, Redemptions, null, 200),
        new("POST /external/payment-certificate/redemption", Redeem, Redemptions, "{}", 400),
        new("GET /external/payment-certificate/redemption/{id}", ReadRedemptions, Redemptions + "1", null, 404),
        new("POST /external/payment-certificate/redemption/{id}/capture", Redeem, Redemptions + "1/capture", "{}", 400),
        new("POST /external/payment-certificate/redemption/{id}/release", Redeem, Redemptions + "1/release", "{}", 400),
        new("POST /external/payment-certificate/redemption/{id}/extend", Redeem, Redemptions + "1/extend", "{}", 400),
        new("POST /external/payment-certificate/redemption/{id}/refund", Redeem, Redemptions + "1/refund", "{}", 400),
        new("GET /external/payment-certificate/{id}/entry", Read, Certificates + "1/entry", null, 200),
        new("GET /external/payment-certificate/entry", Reports, Entries, null, 200),
        new("GET /external/payment-certificate/liability", Reports, Liability, null, 200),
        new("* /external/payment-certificate/check", Open, Check, null, 405),
        new("* /external/payment-certificate/redemption", Open, Redemptions, null, 405),
        new("* /external/payment-certificate/entry", Open, Entries, null, 405),
        new("* /external/payment-certificate/liability", Open, Liability, null, 405),
        new("GET /external/whoami/", AnyToken, "/external/whoami/", null, 200),
        new("GET /external/api-token/", Admin, "/external/api-token/", null, 200),
        new("POST /external/api-token/", Admin, "/external/api-token/", "{}", 400),
        new("POST /external/api-token/{id}/rotate", Admin, "/external/api-token/999/rotate", "{}", 404),
        new("DELETE /external/api-token/{id}", Admin, "/external/api-token/999", null, 404),
        new("GET /external/site/", Admin, "/external/site/", null, 200),
        new("POST /external/site/", AdminOfAll, "/external/site/", "{}", 400),
        new("GET /health/live", Open, "/health/live", null, 200),
        new("GET /health/ready", Open, "/health/ready", null, 200),
        new("GET /openapi/v1.json", Open, "/openapi/v1.json", null, 200),
        new("GET /problems/{name}", Open, "/problems/not-found", null, 200),
    ];

    public static TheoryData<string> Endpoints => [.. Rows.Select(row => row.Endpoint)];

    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint() => Assert.Equal(
        Rows.Select(row => row.Endpoint).Order(StringComparer.Ordinal),
        tokens.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>().SelectMany(NamesOf).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_endpoint_lets_in_those_whom_its_row_names_and_nobody_else(string endpoint)
    {
        var row = Rows.Single(row => row.Endpoint == endpoint);
        foreach (var (holder, scopes) in tokens.Holders)
        {
            var isLetIn = row.Scope is Open or AnyToken
                || scopes.Intersect(row.AnyOf).Any() || (scopes.Contains(Admin) && row.Scope != AdminOfAll);
            var expected = isLetIn ? row.Status : 403;
            var answer = await CallAsync(row, ("API-Token", holder));
            Assert.True(expected == answer.Status, $"{endpoint} with {string.Join('+', scopes)}: {answer.Status} instead of {expected}");
            if (expected == 403)
                answer.ExpectProblem(403, "forbidden");
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Whoever_has_no_good_token_gets_one_and_the_same_401(string endpoint)
    {
        var row = Rows.Single(row => row.Endpoint == endpoint);
        foreach (var headers in tokens.Useless)
        {
            var answer = await CallAsync(row, headers);
            if (row.Scope == Open)
            {
                Assert.Equal(row.Status, answer.Status);
                continue;
            }
            answer.ExpectProblem(401, "unauthorized");
            Assert.Equal(
                """{"type":"/problems/unauthorized","title":"A valid API token is required.","status":401,"detail":"Send the token in the header API-Token, or as Authorization: Bearer."}""",
                answer.Body);
            Assert.Equal(
                ["Cache-Control=no-store", "Content-Length=" + answer.Body.Length, "Content-Type=application/problem+json", "WWW-Authenticate=Bearer"],
                answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}={header.Value}").Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("API-Token", "")]
    [InlineData("api-token", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "bearer ")]
    [InlineData("Authorization", "BEARER  ")]
    public async Task A_token_is_taken_in_either_header(string header, string before)
    {
        using var stranger = tokens.Application.ClientWithoutToken();

        Assert.Equal(200, (await stranger.FetchAsync(Certificates, (header, before + tokens.Holders[0].Text))).Status);
        Assert.Equal(200, (await stranger.FetchAsync(Certificates, (header, before + ScripApplication.AdminToken))).Status);
    }

    private async Task<Answer> CallAsync(Row row, params (string Name, string Value)[] headers)
    {
        using var client = tokens.Application.ClientWithoutToken();
        var method = row.Endpoint.Split(' ')[0];
        return await client.CallAsync(method == "*" ? "DELETE" : method, row.Path, row.Body, headers);
    }

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        // Every GET has a HEAD: HeadTests.
        return (methods.Count == 0 ? ["*"] : methods.Except(["HEAD"])).Select(method => $"{method} {endpoint.RoutePattern.RawText}");
    }

    private sealed record Row(string Endpoint, string Scope, string Path, string? Body, int Status)
    {
        /// <summary>The scopes of the row. No scope has a space in its name; <see cref="AdminOfAll"/> is not a scope.</summary>
        public string[] AnyOf => Scope == AdminOfAll ? [Scope] : Scope.Split(' ');
    }

    /// <summary>Tokens of a second site with every useful set of scopes, and everything that is not a valid token.</summary>
    public sealed class Tokens : IAsyncLifetime
    {
        private ScripApplication? application;

        public ScripApplication Application => application!;
        public IReadOnlyList<(string Text, string[] Scopes)> Holders { get; private set; } = [];
        public IReadOnlyList<(string Name, string Value)[]> Useless { get; private set; } = [];

        public async Task InitializeAsync()
        {
            application = await ScripApplication.StartAsync();
            var admin = application.Client;
            await admin.PostAsync("/external/site/", """{"name":"second","currency":"MDL","time_zone":"UTC"}""");
            var holders = new List<(string, string[])>();
            foreach (var scopes in new string[][] { [Read], [Write], [Redeem], [Reports], [Read, Write, Redeem, Reports] })
                holders.Add(((await SharedScrip.CreateTokenAsync(admin, "second", scopes)).Text, scopes));
            holders.Add((await TokenAsync("second", Admin), [Admin]));
            holders.Add((ScripApplication.AdminToken, [Admin, AdminOfAll]));
            Holders = holders;

            foreach (var client in new[] { admin, application.ClientWith(holders[4].Item1) })
                Assert.Equal(201, (await client.CreateAsync("""[{"code":"A"}]""")).Status);
            Useless = await UselessAsync(holders[5].Item1);
        }

        public async Task DisposeAsync() => await Application.DisposeAsync();

        private async Task<IReadOnlyList<(string Name, string Value)[]>> UselessAsync(string good)
        {
            var (revokedId, revoked) = await SharedScrip.CreateTokenAsync(Application.Client, "second", Admin);
            Assert.Equal(204, (await Application.Client.CallAsync("DELETE", $"/external/api-token/{revokedId}?site=second", null)).Status);
            var expired = await ExpiredTokenAsync();
            var otherLetter = good[20] == 'x' ? 'y' : 'x';
            return
            [
                [],
                [("API-Token", "")],
                [("API-Token", "nonsense")],
                [("API-Token", new string('x', 5000))],
                [("API-Token", good[..20] + otherLetter + good[21..])],
                [("API-Token", good[..^1])],
                [("API-Token", good + "0")],
                [("API-Token", good.Replace("_second_", "_default_", StringComparison.Ordinal))],
                [("API-Token", good.ToUpperInvariant())],
                [("API-Token", "Bearer " + good)],
                [("API-Token", ScripApplication.AdminToken + "x")],
                [("API-Token", ScripApplication.AdminToken.ToUpperInvariant())],
                [("API-Token", good), ("API-Token", good)],
                [("API-Token", ""), ("Authorization", "Bearer " + good)],
                [("API-Token", await UnknownTokenAsync())],
                [("API-Token", revoked)],
                [("API-Token", expired)],
                [("Authorization", "")],
                [("Authorization", "Bearer")],
                [("Authorization", "Bearer ")],
                [("Authorization", good)],
                [("Authorization", "Basic " + good)],
                [("Authorization", "Bearer nonsense")],
                [("Authorization", "Bearer " + revoked)],
                [("Authorization", "Bearer " + expired)],
                [("Cookie", "API-Token=" + good)],
            ];
        }

        private async Task<string> TokenAsync(string site, string scope) => (await SharedScrip.CreateTokenAsync(Application.Client, site, scope)).Text;

        /// <summary>A well-formed token that another server created.</summary>
        private static async Task<string> UnknownTokenAsync()
        {
            await using var other = await ScripApplication.StartAsync();
            return (await SharedScrip.CreateTokenAsync(other.Client, "default", Admin)).Text;
        }

        private async Task<string> ExpiredTokenAsync()
        {
            var expiry = DateTimeOffset.UtcNow.AddMilliseconds(1500);
            var created = await Application.Client.PostAsync(
                "/external/api-token/", $$"""{"site":"second","name":"brief","scopes":["admin"],"expires_at":"{{expiry:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}""");
            Assert.Equal(201, created.Status);
            var text = System.Text.Json.JsonDocument.Parse(created.Body).RootElement.GetProperty("token").GetString()!;
            using (var holder = Application.ClientWith(text))
                Assert.Equal(200, (await holder.FetchAsync(Certificates)).Status);
            await Task.Delay(expiry - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(20));
            return text;
        }
    }
}
