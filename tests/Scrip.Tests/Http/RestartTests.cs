using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>What remains after the server is stopped and started again on the same data.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Certificates_tokens_sites_and_remembered_answers_outlive_a_restart()
    {
        await using var scrip = await ScripApplication.StartAsync();
        const string body = """[{"code":"A","value":5},{"code":"B"}]""";
        await scrip.Client.PostAsync("/external/site/", """{"name":"other","currency":"MDL","time_zone":"UTC"}""");
        var (id, text) = await SharedScrip.CreateTokenAsync(scrip.Client, "other", "certificates:read", "certificates:write");
        Answer created, refused, notFound, tag;
        string stored;
        using (var before = scrip.ClientWith(text))
        {
            created = await before.CreateAsync(body, ("Idempotency-Key", "create"));
            refused = await before.CreateAsync(body, ("Idempotency-Key", "refused"));
            notFound = await before.PutAsync(Certificates + "7", """{"code":"C"}""", ("Idempotency-Key", "missing"));
            await before.UpdateAsync("""[{"id":1,"code":"A2"}]""");
            tag = await before.FetchAsync(Certificates + "1");
            stored = await before.ListAsync();
        }
        refused.ExpectProblem(409, "conflict", "/0/code code_taken", "/1/code code_taken");

        await scrip.RestartAsync();

        using var after = scrip.ClientWith(text);
        Assert.Equal(stored, await after.ListAsync());
        (await after.CreateAsync(body, ("Idempotency-Key", "create"))).Expect(201, created.Body);
        (await after.CreateAsync(body, ("Idempotency-Key", "refused"))).Expect(409, refused.Body);
        (await after.PutAsync(Certificates + "7", """{"code":"C"}""", ("Idempotency-Key", "missing"))).Expect(404, notFound.Body);
        (await after.CreateAsync("[]", ("Idempotency-Key", "create"))).ExpectProblem(422, "idempotency-key-reused");
        Assert.Equal(304, (await after.FetchAsync(Certificates + "1", ("If-None-Match", tag.Header("ETag")!))).Status);
        (await after.CreateAsync("""[{"code":"C"}]""")).Expect(201, """[{"id":3,"code":"C","is_active":true,"value":0}]""");

        Assert.Equal(204, (await scrip.Client.CallAsync("DELETE", $"/external/api-token/{id}/?site=other", null)).Status);
        await scrip.RestartAsync();
        using var revoked = scrip.ClientWith(text);
        (await revoked.FetchAsync(Certificates)).ExpectProblem(401, "unauthorized");
    }
}
