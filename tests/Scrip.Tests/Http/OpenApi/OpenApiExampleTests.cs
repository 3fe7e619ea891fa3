using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>Sends the examples in the API description to a fresh server and expects the described responses.</summary>
public sealed partial class OpenApiExampleTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Attributes that are new each time, of which an example can only show the shape.</summary>
    private static readonly string[] Volatile = ["as_of", "created_at", "hold_expires_at", "month", "overlap_ends_at", "token", "trace_id"];

    /// <summary>
    /// The order of the calls: the document's order for its own five; before these change anything, the story of two orders; then each
    /// resource's own, so that a list comes after its items.
    /// </summary>
    private static readonly string[] Order =
    [
        "listCertificates", "getCertificate", "checkCertificate", "redeemCertificate", "listEntries", "captureRedemption", "refundRedemption",
        "getRedemption", "listRedemptions", "listCertificateEntries", "getLiability", "extendRedemption", "releaseRedemption",
        "writeOffCertificate", "writeOffCertificates",
        "patchCertificate", "patchCertificates", "updateCertificate", "createCertificates", "updateCertificates", "generateCertificates", "importCertificates",
        "listBatches", "getBatch", "renameBatch",
        "whoAmI", "createApiToken", "listApiTokens", "rotateApiToken", "revokeApiToken", "createSite", "listSites", "checkLive", "checkReady",
    ];

    /// <summary>Refusals that no request causes by itself: they need a fault, a slow line, or a setting.</summary>
    private static readonly int[] NotOnRequest = [408, 429, 500, 503, 507];

    [Fact]
    public async Task The_example_of_every_call_is_answered_with_its_example_answer()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(scrip);
        var responses = new DescribedResponses(description);
        Assert.Equal(description.Operations.Select(operation => operation.Id).Order(), Order.Order());

        await CreateAsync(scrip, description);
        foreach (var operation in Order.Select(id => description[id]))
        {
            if (operation.Id == "extendRedemption")
                await RedeemAsync(scrip, """{"certificate_id":1,"amount":"100.00","reference":"ORDER-1002","capture":false}""");
            var answer = await (await scrip.Client.SendAsync(ExampleOf(operation))).ToAnswerAsync();
            // A dry run of an import has an example of its own.
            var described = operation.Answers.Single(known => known.Status == answer.Status);
            AssertIsExample(described, responses.Check(operation.Method, operation.ExamplePath, answer));
        }
    }

    [Fact]
    public async Task The_example_of_every_refusal_is_what_the_server_says()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(scrip);
        var responses = new DescribedResponses(description);
        await CreateAsync(scrip, description);
        await scrip.Client.PostAsync("/external/payment-certificate/bulk-create/", Json("""[{"code":"CERT-003"}]"""));
        await scrip.Client.PutAsync("/external/payment-certificate/1/", Json("""{"code":"CERT-001","value":600}"""));
        using var ofAnotherSite = await OfAnotherSiteAsync(scrip);
        var missing = description.Operations.SelectMany(operation => operation.Answers)
            .Where(answer => answer.Status >= 400 && !NotOnRequest.Contains(answer.Status))
            .ToDictionary(answer => answer.ToString());
        // Several calls share one example, which only one of them returns.
        var shared = missing.Values.Select(answer => answer.Component).OfType<string>().ToHashSet();

        const string certificates = "/external/payment-certificate/";
        const string tokens = "/external/api-token/";
        const string sites = "/external/site/";
        var key = ("Idempotency-Key", "made once");
        const string redemptions = certificates + "redemption/";
        const string token = """{"site":"default","name":"ERP","scopes":["admin"]}""";

        await RefusedAsync("listCertificates 400", HttpMethod.Get, certificates + "?page_size=9999");
        await RefusedAsync("getCertificate 400", HttpMethod.Get, certificates + "1/?fields=price");
        await RefusedAsync("getCertificate 404", HttpMethod.Get, certificates + "9/");
        await RefusedAsync("updateCertificate 400", HttpMethod.Put, certificates + "1/", """{"is_active":"yes"}""");
        await RefusedAsync("updateCertificate 404", HttpMethod.Put, certificates + "9/", """{"code":"A"}""");
        await RefusedAsync("updateCertificate 409", HttpMethod.Put, certificates + "1/", """{"code":"CERT-002"}""");
        await RefusedAsync("updateCertificate 412", HttpMethod.Put, certificates + "1/", """{"code":"A"}""", ("If-Match", "\"1\""));
        await RefusedAsync("updateCertificate 413", HttpMethod.Put, certificates + "1/", new string(' ', (64 * 1024) + 1));
        await RefusedAsync("createCertificates 400", HttpMethod.Post, certificates + "bulk-create/", """[{"code":"A"},{"code":"B","value":-1}]""");
        await RefusedAsync("createCertificates 409", HttpMethod.Post, certificates + "bulk-create/", """[{"code":"CERT-002"},{"code":"B"}]""");
        await RefusedAsync("createCertificates 413", HttpMethod.Post, certificates + "bulk-create/", TooMany);
        await RefusedAsync("generateCertificates 400", HttpMethod.Post, certificates + "generate/", "{}", key);
        await RefusedAsync("generateCertificates 413", HttpMethod.Post, certificates + "generate/", TooLong);
        await RefusedAsync("listBatches 400", HttpMethod.Get, certificates + "batch/?page=0");
        await RefusedAsync("getBatch 400", HttpMethod.Get, certificates + "batch/1/?fields=price");
        await RefusedAsync("getBatch 404", HttpMethod.Get, certificates + "batch/9/");
        await RefusedAsync("renameBatch 400", HttpMethod.Put, certificates + "batch/1/", "{}");
        await RefusedAsync("renameBatch 404", HttpMethod.Put, certificates + "batch/9/", """{"name":"May"}""");
        await RefusedAsync("renameBatch 413", HttpMethod.Put, certificates + "batch/1/", TooLong);
        await ExpectRefusalAsync("importCertificates 400", await ImportAsync(Csv("code,value\nCERT-001,500\n")));
        await ExpectRefusalAsync("importCertificates 413", await ImportAsync(Csv("code,value\n" + string.Concat(Enumerable.Repeat("A,1\n", 100_001)))));
        await ExpectRefusalAsync("importCertificates 415", await ImportAsync(Json("[]")));
        await RefusedAsync("updateCertificates 400", HttpMethod.Put, certificates + "bulk-update/", """[{"id":1,"code":"A"},{"code":"B"}]""");
        await RefusedAsync("updateCertificates 404", HttpMethod.Put, certificates + "bulk-update/", """[{"id":1,"code":"A"},{"id":9,"code":"B"}]""");
        await RefusedAsync("updateCertificates 409", HttpMethod.Put, certificates + "bulk-update/", """[{"id":1,"code":"CERT-003"},{"id":2,"code":"B"}]""");
        await RefusedAsync("updateCertificates 412", HttpMethod.Put, certificates + "bulk-update/", """[{"id":2,"code":"A"},{"id":1,"code":"B","version":1}]""");
        await RefusedAsync("patchCertificate 400", HttpMethod.Patch, certificates + "1/", """{"is_active":"yes"}""");
        await RefusedAsync("patchCertificate 404", HttpMethod.Patch, certificates + "9/", "{}");
        await RefusedAsync("patchCertificate 409", HttpMethod.Patch, certificates + "1/", """{"code":"CERT-002"}""");
        await RefusedAsync("patchCertificate 412", HttpMethod.Patch, certificates + "1/", "{}", ("If-Match", "\"1\""));
        await RefusedAsync("patchCertificate 413", HttpMethod.Patch, certificates + "1/", new string(' ', (64 * 1024) + 1));
        await RefusedAsync("patchCertificates 400", HttpMethod.Patch, certificates + "bulk-update/", """[{"id":1},{"code":"B"}]""");
        await RefusedAsync("patchCertificates 404", HttpMethod.Patch, certificates + "bulk-update/", """[{"id":1},{"id":9}]""");
        await RefusedAsync("patchCertificates 409", HttpMethod.Patch, certificates + "bulk-update/", """[{"id":1,"code":"CERT-003"},{"id":2}]""");
        await RefusedAsync("patchCertificates 412", HttpMethod.Patch, certificates + "bulk-update/", """[{"id":2},{"id":1,"version":1}]""");
        await RefusedAsync("patchCertificates 413", HttpMethod.Patch, certificates + "bulk-update/", TooMany);
        await RefusedAsync("updateCertificates 413", HttpMethod.Put, certificates + "bulk-update/", TooMany);
        await RedeemAsync(scrip, """{"certificate_id":1,"amount":"149.90","reference":"ORDER-1001","capture":false}""");
        await RedeemAsync(scrip, """{"certificate_id":1,"amount":"100.00","reference":"ORDER-1002"}""");
        await RefusedAsync("checkCertificate 400", HttpMethod.Post, certificates + "check/", "{}");
        await RefusedAsync("checkCertificate 404", HttpMethod.Post, certificates + "check/", """{"code":"CERT-009"}""");
        await RefusedAsync("checkCertificate 413", HttpMethod.Post, certificates + "check/", TooLong);
        await RefusedAsync("redeemCertificate 400", HttpMethod.Post, redemptions, """{"code":"CERT-001","amount":"1.005","reference":"A"}""", key);
        await RefusedAsync("redeemCertificate 404", HttpMethod.Post, redemptions, """{"code":"CERT-009","reference":"A"}""", key);
        await RefusedAsync("redeemCertificate 409", HttpMethod.Post, redemptions, """{"code":"CERT-001","amount":351,"reference":"A"}""", Key("1"));
        await RefusedAsync("redeemCertificate 413", HttpMethod.Post, redemptions, TooLong);
        await RefusedAsync("writeOffCertificate 400", HttpMethod.Post, certificates + "1/write-off/", """{"total":1}""", key);
        await RefusedAsync("writeOffCertificate 404", HttpMethod.Post, certificates + "9/write-off/", "{}", key);
        await RefusedAsync("writeOffCertificate 409", HttpMethod.Post, certificates + "1/write-off/", """{"amount":351}""", Key("6"));
        await RefusedAsync("writeOffCertificate 413", HttpMethod.Post, certificates + "1/write-off/", TooLong);
        await RefusedAsync("writeOffCertificates 400", HttpMethod.Post, certificates + "bulk-write-off/", """[{"id":1},{}]""", key);
        await RefusedAsync("writeOffCertificates 404", HttpMethod.Post, certificates + "bulk-write-off/", """[{"id":1},{"id":9}]""", key);
        await RefusedAsync("writeOffCertificates 409", HttpMethod.Post, certificates + "bulk-write-off/", """[{"id":1},{"id":3}]""", Key("7"));
        await RefusedAsync("writeOffCertificates 413", HttpMethod.Post, certificates + "bulk-write-off/", TooMany);
        await RefusedAsync("captureRedemption 409", HttpMethod.Post, redemptions + "1/capture/", """{"amount":"149.91"}""", Key("2"));
        await scrip.Client.SendAsync(Request(HttpMethod.Post, redemptions + "1/capture/", null, Key("3")));
        await RefusedAsync("extendRedemption 400", HttpMethod.Post, redemptions + "1/extend/", "{}", key);
        await RefusedAsync("extendRedemption 404", HttpMethod.Post, redemptions + "9/extend/", Tomorrow, key);
        await RefusedAsync("extendRedemption 409", HttpMethod.Post, redemptions + "1/extend/", Tomorrow, Key("8"));
        await RefusedAsync("extendRedemption 413", HttpMethod.Post, redemptions + "1/extend/", TooLong);
        await RefusedAsync("refundRedemption 409", HttpMethod.Post, redemptions + "1/refund/", """{"amount":"149.91"}""", Key("4"));
        await RefusedAsync("releaseRedemption 409", HttpMethod.Post, redemptions + "1/release/", "{}", Key("5"));
        foreach (var step in new[] { "capture", "release", "refund" })
        {
            await RefusedAsync($"{step}Redemption 400", HttpMethod.Post, $"{redemptions}1/{step}/", """{"total":1}""", key);
            await RefusedAsync($"{step}Redemption 404", HttpMethod.Post, $"{redemptions}9/{step}/", "{}", key);
            await RefusedAsync($"{step}Redemption 413", HttpMethod.Post, $"{redemptions}1/{step}/", TooLong);
        }
        await RefusedAsync("listRedemptions 400", HttpMethod.Get, redemptions + "?state=open");
        await RefusedAsync("getRedemption 400", HttpMethod.Get, redemptions + "1/?fields=price");
        await RefusedAsync("getRedemption 404", HttpMethod.Get, redemptions + "9/");
        await RefusedAsync("listCertificateEntries 400", HttpMethod.Get, certificates + "1/entry/?kind=held");
        await RefusedAsync("listCertificateEntries 404", HttpMethod.Get, certificates + "9/entry/");
        await RefusedAsync("listEntries 400", HttpMethod.Get, certificates + "entry/?kind=spent");
        await RefusedAsync("getLiability 400", HttpMethod.Get, certificates + "liability/?as_of=9999-12-31T23:59:59Z");
        await RefusedAsync("whoAmI 400", HttpMethod.Get, "/external/whoami/?fields=price");
        await RefusedAsync("listApiTokens 400", HttpMethod.Get, tokens + "?site=nowhere");
        await RefusedAsync("createApiToken 400", HttpMethod.Post, tokens, """{"site":"default","name":"ERP","scopes":["everything"]}""");
        await scrip.Client.SendAsync(Request(HttpMethod.Post, tokens, token, key));
        await RefusedAsync("createApiToken 409", HttpMethod.Post, tokens, token, key);
        await RefusedAsync("createApiToken 413", HttpMethod.Post, tokens, TooLong);
        await RefusedAsync("rotateApiToken 400", HttpMethod.Post, tokens + "1/rotate/", """{"overlap_seconds":604801}""");
        await RefusedAsync("rotateApiToken 404", HttpMethod.Post, tokens + "9/rotate/", "{}");
        await scrip.Client.SendAsync(Request(HttpMethod.Post, tokens + "1/rotate/", "{}", Key("rotated")));
        await RefusedAsync("rotateApiToken 409", HttpMethod.Post, tokens + "1/rotate/", "{}", Key("rotated"));
        await RefusedAsync("rotateApiToken 413", HttpMethod.Post, tokens + "1/rotate/", TooLong);
        await RefusedAsync("revokeApiToken 400", HttpMethod.Delete, tokens + "1/?site=nowhere");
        await RefusedAsync("revokeApiToken 404", HttpMethod.Delete, tokens + "9/");
        await RefusedAsync("checkLive 400", HttpMethod.Get, "/health/live?name=%D1%C5");
        await RefusedAsync("checkReady 400", HttpMethod.Get, "/health/ready?name=%D1%C5");
        await RefusedAsync("listSites 400", HttpMethod.Get, sites + "?page=0");
        await RefusedAsync("createSite 400", HttpMethod.Post, sites, """{"name":"third","currency":"XXX","time_zone":"UTC"}""");
        await RefusedAsync("createSite 409", HttpMethod.Post, sites, """{"name":"default","currency":"MDL","time_zone":"UTC"}""");
        await RefusedAsync("createSite 413", HttpMethod.Post, sites, TooLong);
        await ExpectRefusalAsync("createSite 403", await ofAnotherSite.SendAsync(ExampleOf(description["createSite"])));

        using var stranger = new HttpClient { BaseAddress = scrip.Address };
        using var reader = scrip.ClientWith(await TokenAsync(scrip, "default", "certificates:read"));
        using var writer = scrip.ClientWith(await TokenAsync(scrip, "default", "certificates:write"));
        foreach (var operation in description.Operations.Where(operation => operation.NeedsToken))
        {
            await ExpectRefusalAsync($"{operation.Id} 401", await stranger.SendAsync(ExampleOf(operation)));
            if (operation.Scopes.Count > 0 && operation.Id != "createSite")
                await ExpectRefusalAsync($"{operation.Id} 403", await (operation.Scopes.Contains("certificates:read") ? writer : reader).SendAsync(ExampleOf(operation)));
        }
        foreach (var operation in description.Operations.Where(operation => operation.BodyExample is not null))
        {
            var request = ExampleOf(operation);
            request.Content = new StringContent(operation.BodyExample!.ToJsonString(), Encoding.UTF8, "text/plain");
            await ExpectRefusalAsync($"{operation.Id} 415", await scrip.Client.SendAsync(request));
        }
        foreach (var operation in Order.Select(id => description[id]).Where(operation => KeyOf(operation) is not null))
        {
            var first = ExampleOf(operation, operation.Id);
            var second = ExampleOf(operation, operation.Id);
            // The same body in other bytes, or another id, is another request.
            if (second.Content is null)
                second.RequestUri = new Uri(operation.ExamplePath.Replace('1', '2'), UriKind.Relative);
            else
                second.Content = operation.CsvExample is { } csv ? Csv(csv + "\n") : Json(operation.BodyExample!.ToJsonString() + " ");
            await scrip.Client.SendAsync(first);
            await ExpectRefusalAsync($"{operation.Id} 422", await scrip.Client.SendAsync(second));
        }
        Assert.Empty(missing.Keys);
        Assert.Empty(shared);

        async Task<HttpResponseMessage> ImportAsync(HttpContent file)
        {
            using var request = Request(HttpMethod.Post, certificates + "import/", null, Key("a refused file"));
            request.Content = file;
            return await scrip.Client.SendAsync(request);
        }

        async Task RefusedAsync(string answer, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
            await ExpectRefusalAsync(answer, await scrip.Client.SendAsync(Request(method, path, body, headers)));

        async Task ExpectRefusalAsync(string name, HttpResponseMessage response)
        {
            Assert.True(missing.Remove(name, out var described), $"{name} is not described, or was looked at before.");
            var answer = await response.ToAnswerAsync();
            Assert.True(described.Status == answer.Status, $"{name} was answered with {answer.Status}: {answer.Body}");
            responses.Check(described.Operation.Method, described.Operation.ExamplePath, answer);
            if (described.Component is null)
                AssertIsExample(described, answer);
            else if (IsExample(described, answer))
                shared.Remove(described.Component);
        }
    }

    [Fact]
    public async Task The_example_of_a_call_too_many_is_what_the_server_says()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxRequestsPerSecond", "1"));
        var described = (await OpenApiDescription.ReadAsync(scrip))["listCertificates"];

        HttpResponseMessage answer;
        do
            answer = await scrip.Client.SendAsync(ExampleOf(described));
        while (answer.IsSuccessStatusCode);
        await ExpectAsync(described.Answers.Single(known => known.Status == 429), answer);
    }

    [Theory]
    [InlineData("checkCertificate")]
    [InlineData("redeemCertificate")]
    public async Task The_example_of_a_guess_too_many_is_what_the_server_says(string id)
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxCodeMissesPerMinute", "1"));
        var described = (await OpenApiDescription.ReadAsync(scrip))[id];
        Assert.Equal(HttpStatusCode.NotFound, (await scrip.Client.SendAsync(ExampleOf(described))).StatusCode);
        await ExpectAsync(described.Answers.Single(known => known.Status == 429), await scrip.Client.SendAsync(ExampleOf(described)));
    }

    [Fact]
    public async Task A_certificate_that_has_not_changed_is_answered_without_a_body()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(scrip);
        await CreateAsync(scrip, description);
        var operation = description["getCertificate"];
        var request = ExampleOf(operation);
        request.Headers.Add("If-None-Match", "\"1\"");

        await ExpectAsync(operation.Answers.Single(known => known.Status == 304), await scrip.Client.SendAsync(request));
    }

    private static string TooMany { get; } = $"[{string.Join(',', Enumerable.Repeat("{}", 100_001))}]";
    private static string TooLong { get; } = new(' ', (16 * 1024) + 1);

    private static string Tomorrow { get; } = $$"""{"hold_expires_at":"{{PaymentCalls.FromNow(TimeSpan.FromDays(1))}}"}""";

    private static (string Name, string Value) Key(string key) => ("Idempotency-Key", key);

    /// <summary>Creates the certificates that the document's own examples expect.</summary>
    private static async Task CreateAsync(ScripApplication scrip, OpenApiDescription description)
    {
        var certificates = description["listCertificates"].Success.Example!.DeepClone().AsArray();
        foreach (var certificate in certificates)
            certificate!.AsObject().Remove("id");
        using var created = await scrip.Client.PostAsync("/external/payment-certificate/bulk-create/", Json(certificates.ToJsonString()));
        created.EnsureSuccessStatusCode();
    }

    private static async Task RedeemAsync(ScripApplication scrip, string body)
    {
        using var request = Request(HttpMethod.Post, "/external/payment-certificate/redemption/", body, Key(body));
        (await scrip.Client.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static async Task<HttpClient> OfAnotherSiteAsync(ScripApplication scrip)
    {
        using var opened = await scrip.Client.PostAsync("/external/site/", Json("""{"name":"other","currency":"EUR","time_zone":"UTC"}"""));
        opened.EnsureSuccessStatusCode();
        return scrip.ClientWith(await TokenAsync(scrip, "other", "admin"));
    }

    private static async Task<string> TokenAsync(ScripApplication scrip, string site, string scope)
    {
        using var made = await scrip.Client.PostAsync("/external/api-token/", Json($$"""{"site":"{{site}}","name":"test","scopes":["{{scope}}"]}"""));
        made.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["token"]!;
    }

    /// <param name="key">If null, a call that needs a key gets its own.</param>
    private static HttpRequestMessage ExampleOf(OpenApiDescription.Operation operation, string? key = null)
    {
        if ((bool?)KeyOf(operation)?["required"] == true || operation.CsvExample is not null)
            key ??= $"the example of {operation.Id}";
        var request = Request(
            new HttpMethod(operation.Method), operation.ExamplePath, BodyOf(operation), key is null ? [] : [Key(key)]);
        if (operation.CsvExample is { } csv)
            request.Content = Csv(csv);
        return request;
    }

    /// <summary>Replaces the end of a hold, which must be in the future, unlike that of any written example.</summary>
    private static string? BodyOf(OpenApiDescription.Operation operation) =>
        operation.BodyExample is JsonObject body && body.ContainsKey("hold_expires_at") ? Tomorrow : operation.BodyExample?.ToJsonString();

    private static JsonNode? KeyOf(OpenApiDescription.Operation operation) =>
        operation.Parameters.SingleOrDefault(parameter => (string)parameter["name"]! == "Idempotency-Key");

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return request;
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task ExpectAsync(OpenApiDescription.Answer described, HttpResponseMessage response)
    {
        var answer = await response.ToAnswerAsync();
        Assert.True(described.Status == answer.Status, $"{described} was answered with {answer.Status}: {answer.Body}");
        AssertIsExample(described, answer);
    }

    private static void AssertIsExample(OpenApiDescription.Answer described, Answer answer) =>
        Assert.Equal(Comparable(described.Example), Comparable(answer));

    private static bool IsExample(OpenApiDescription.Answer described, Answer answer) => Comparable(described.Example) == Comparable(answer);

    private static string Comparable(Answer answer) => answer.Body.Length == 0 ? "" : Comparable(JsonNode.Parse(answer.Body));

    /// <summary>The JSON with its members in their order, and its volatile attributes replaced.</summary>
    private static string Comparable(JsonNode? json)
    {
        if (json is null)
            return "";
        var copy = json.DeepClone();
        Blot(copy);
        return copy.ToJsonString(Plain);
    }

    /// <summary>By its name, or because it is a generated code or the name of a batch that is called after its minute.</summary>
    private static bool IsNewEachTime(KeyValuePair<string, JsonNode?> member) => Volatile.Contains(member.Key)
        ? member.Value is not null
        : member.Value?.GetValueKind() == JsonValueKind.String && GeneratedOrMinute().IsMatch((string)member.Value!);

    [GeneratedRegex("^([0-9A-Z]{4}(-[0-9A-Z]{4}){3}|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture)]
    private static partial Regex GeneratedOrMinute();

    private static void Blot(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Blot(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var name in members.Where(IsNewEachTime).Select(member => member.Key).ToList())
                members[name] = "…";
            foreach (var (_, value) in members)
                Blot(value);
        }
    }
}
