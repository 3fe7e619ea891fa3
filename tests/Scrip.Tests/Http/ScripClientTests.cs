using System.Net;
using Scrip.Client;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>The typed client, on a real server.</summary>
public sealed class ScripClientTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Every_call_on_certificates_goes_there_and_back()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var certificates = new ScripClient(scrip.Client).Certificates;

        var created = await certificates.BulkCreateAsync(
            [new("Подарок-1", Value: 500), new("B", IsActive: false), new("C", IsActive: true, Value: 0)], idempotencyKey: "load-1", None);
        CertificateResource[] expected = [new(1, "Подарок-1", true, 500), new(2, "B", false, 0), new(3, "C", true, 0)];
        Assert.Equal(expected, created);
        Assert.Equal(expected, await certificates.ListAsync(None).ToListAsync());
        Assert.Equal(expected, await certificates.BulkCreateAsync(
            [new("Подарок-1", Value: 500), new("B", IsActive: false), new("C", IsActive: true, Value: 0)], idempotencyKey: "load-1", None));

        var page = await certificates.ReadPageAsync(page: 2, pageSize: 2, None);
        Assert.Equal((3, expected[2]), (page.Total, Assert.Single(page.Certificates)));

        var first = await certificates.GetAsync(1, None);
        Assert.Equal(expected[0], first.Certificate);
        var changed = await certificates.UpdateAsync(1, new("A", Value: 400), first.ETag, idempotencyKey: null, None);
        Assert.Equal(new CertificateResource(1, "A", true, 400), changed.Certificate);
        Assert.NotEqual(first.ETag, changed.ETag);

        var swapped = await certificates.BulkUpdateAsync([new("C", Id: 2), new("B", Id: 3)], idempotencyKey: null, None);
        Assert.Equal([new(2, "C", false, 0), new(3, "B", true, 0)], swapped);

        var patched = await certificates.PatchAsync(1, new(IsActive: false), changed.ETag, idempotencyKey: "off", None);
        Assert.Equal(new CertificateResource(1, "A", false, 400), patched.Certificate);
        var priced = await certificates.BulkPatchAsync([new(Value: 7, Id: 3), new(Value: 8, Id: 1, Version: 3)], idempotencyKey: "prices", None);
        Assert.Equal([new(3, "B", true, 7), new(1, "A", false, 8)], priced);
    }

    [Fact]
    public async Task A_refusal_is_an_exception_that_carries_the_problem()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var certificates = new ScripClient(scrip.Client).Certificates;
        var first = await certificates.BulkCreateAsync([new("A")], idempotencyKey: null, None);

        var invalid = await Assert.ThrowsAsync<ScripProblemException>(() => certificates.BulkCreateAsync([new(""), new("A", Value: -1)], null, None));
        Assert.Equal(["/0/code", "/1/value"], invalid.Problem.Errors!.Select(error => error.Pointer));
        Assert.StartsWith("400 The request is invalid. 2 of 2 items are invalid; nothing was stored. /0/code: ", invalid.Message, StringComparison.Ordinal);
        Assert.Contains(" /1/value: ", invalid.Message, StringComparison.Ordinal);

        Assert.Equal(404, (await Assert.ThrowsAsync<ScripProblemException>(() => certificates.GetAsync(9, None))).Problem.Status);
        Assert.Equal(412, (await Assert.ThrowsAsync<ScripProblemException>(() => certificates.UpdateAsync(1, new("B"), "\"9\"", null, None))).Problem.Status);
        var taken = await Assert.ThrowsAsync<ScripProblemException>(() => certificates.BulkCreateAsync([new("A")], null, None));
        Assert.Equal((409, "code_taken"), (taken.Problem.Status, Assert.Single(taken.Problem.Errors!).Code));

        using var stranger = scrip.ClientWith("nobody");
        var unauthorized = await Assert.ThrowsAsync<ScripProblemException>(async () => await new ScripClient(stranger).Certificates.ListAsync(None).ToListAsync());
        Assert.Equal((401, "/problems/unauthorized"), (unauthorized.Problem.Status, unauthorized.Problem.Type));
        Assert.Single(first);
    }

    [Fact]
    public async Task What_is_no_problem_of_Scrips_still_carries_its_status()
    {
        using var between = new HttpClient(new Answers(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>") }))
        {
            BaseAddress = new Uri("http://shop.example/"),
        };
        var refused = await Assert.ThrowsAsync<ScripProblemException>(() => new ScripClient(between).Sites.ListAsync(None));
        Assert.Equal(("about:blank", 502, "502 Bad Gateway"), (refused.Problem.Type, refused.Problem.Status, refused.Message));
    }

    [Fact]
    public async Task Tokens_and_sites_are_made_listed_and_revoked()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var client = new ScripClient(scrip.Client);

        var site = await client.Sites.CreateAsync(new SiteRequest("second", "MDL", "Europe/Chisinau"), None);
        Assert.Equal((2, "second", "MDL", "Europe/Chisinau"), (site.Id, site.Name, site.Currency, site.TimeZone));
        Assert.Equal(["default", "second"], (await client.Sites.ListAsync(None)).Select(known => known.Name));

        var expiresAt = new DateTimeOffset(2127, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var token = await client.ApiTokens.CreateAsync(new ApiTokenRequest("second", "ERP", ["certificates:read"], expiresAt), None);
        Assert.Equal((1, "second", expiresAt, null), (token.Id, token.Site, token.ExpiresAt, token.RevokedAt));
        using (var holder = scrip.ClientWith(token.Token!))
            Assert.Empty(await new ScripClient(holder).Certificates.ListAsync(None).ToListAsync());

        var rotated = await client.ApiTokens.RotateAsync(1, "second", TimeSpan.FromHours(1), None);
        Assert.NotNull(rotated.OverlapEndsAt);
        foreach (var text in new[] { token.Token!, rotated.Token! })
        {
            using var holder = scrip.ClientWith(text);
            Assert.Empty(await new ScripClient(holder).Certificates.ListAsync(None).ToListAsync());
        }

        await client.ApiTokens.RevokeAsync(1, "second", None);
        var listed = Assert.Single(await client.ApiTokens.ListAsync("second", None));
        Assert.Null(listed.Token);
        Assert.NotNull(listed.RevokedAt);
        Assert.Empty(await client.ApiTokens.ListAsync(site: null, None));
    }

    [Fact]
    public async Task A_list_that_breaks_off_throws()
    {
        const string half = """[{"id":1,"code":"A","is_active":true,"value":1},{"id":2,""";
        using var broken = new HttpClient(new Answers(new HttpResponseMessage { Content = new StringContent(half) })) { BaseAddress = new Uri("http://shop.example/") };
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(async () => await new ScripClient(broken).Certificates.ListAsync(None).ToListAsync());
    }

    private sealed class Answers(HttpResponseMessage answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer);
    }
}
