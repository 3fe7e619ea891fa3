using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A caller that changes one member need not repeat the others.</summary>
public sealed class PatchTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task A_price_push_repeats_no_code_and_undoes_no_rename()
    {
        const int count = 5_000;
        var site = await scrip.OpenSiteAsync();
        Assert.Equal(201, (await site.CreateAsync(Array(count, id => $$"""{"code":"C{{id}}"}"""))).Status);
        Assert.Equal(200, (await site.PutAsync(Certificates + "17", """{"code":"RENAMED"}""")).Status);

        var pushed = await site.PatchAsync(BulkUpdate, Array(count, id => $$"""{"id":{{id}},"value":{{id * 10}}}"""));

        pushed.Expect(200, Array(count, id => $$"""{"id":{{id}},"code":"{{(id == 17 ? "RENAMED" : $"C{id}")}}","is_active":true,"value":{{id * 10}}}"""));
        Assert.Equal(pushed.Body, (await site.FetchAsync(Certificates)).Body);
    }

    [Theory]
    [InlineData("""{"value":750}""", """{"id":1,"code":"A","is_active":false,"value":750}""")]
    [InlineData("""{"is_active":true}""", """{"id":1,"code":"A","is_active":true,"value":500}""")]
    [InlineData("""{"code":"B"}""", """{"id":1,"code":"B","is_active":false,"value":500}""")]
    [InlineData("""{"id":1,"code":"B","is_active":true,"value":750}""", """{"id":1,"code":"B","is_active":true,"value":750}""")]
    public async Task What_is_left_out_stays(string body, string after)
    {
        foreach (var (path, sent, expected) in new[]
        {
            (Certificates + "1", body, after),
            (BulkUpdate, $"[{(body.Contains("\"id\"", StringComparison.Ordinal) ? body : body.Replace("{", "{\"id\":1,", StringComparison.Ordinal))}]", $"[{after}]"),
        })
        {
            var site = await scrip.OpenSiteAsync();
            await site.CreateAsync("""[{"code":"A","is_active":false,"value":500}]""");

            (await site.PatchAsync(path, sent)).Expect(200, expected);
            (await site.FetchAsync(Certificates + "1?fields=id,code,is_active,value")).Expect(200, after);
        }
    }

    [Fact]
    public async Task What_changes_nothing_returns_the_certificate_at_the_same_version()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A","value":500}]""");
        const string unchanged = """{"id":1,"code":"A","is_active":true,"value":500}""";

        foreach (var body in new[] { "{}", """{"id":1}""", """{"code":"A"}""", """{"value":500}""" })
        {
            var answer = await site.PatchAsync(Certificates + "1", body);
            answer.Expect(200, unchanged);
            Assert.Equal("\"1\"", answer.Header("ETag"));
        }
        (await site.PatchAsync(BulkUpdate, """[{"id":1}]""")).Expect(200, $"[{unchanged}]");
        (await site.PatchAsync(BulkUpdate, "[]")).Expect(200, "[]");
        Assert.Equal("""[{"id":1,"code":"A","is_active":true,"value":500,"version":1}]""", await site.ListAsync());
    }

    /// <summary>RFC 7396, and the same in PUT.</summary>
    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Null_removes_what_there_need_not_be_and_is_wrong_for_the_rest(string method)
    {
        const string terms = "?fields=starts_at,expires_at,single_use,note,version";
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A","starts_at":"2026-01-01T00:00:00Z","expires_at":"2099-01-01T00:00:00Z","single_use":true,"note":"n"}]""");

        Assert.Equal(200, (await site.CallAsync(method, Certificates + "1", """{"code":"A","starts_at":null,"note":null}""")).Status);
        (await site.FetchAsync(Certificates + "1" + terms)).Expect(
            200, """{"starts_at":null,"expires_at":"2099-01-01T00:00:00Z","single_use":true,"note":null,"version":2}""");
        Assert.Equal(200, (await site.CallAsync(method, BulkUpdate, """[{"id":1,"code":"A","expires_at":null}]""")).Status);
        (await site.FetchAsync(Certificates + "1" + terms)).Expect(
            200, """{"starts_at":null,"expires_at":null,"single_use":true,"note":null,"version":3}""");
        (await site.CallAsync(method, BulkUpdate, """[{"id":1,"code":null,"is_active":null,"value":null,"single_use":null}]""")).ExpectInvalid(
            "/0/code wrong_type", "/0/is_active wrong_type", "/0/value wrong_type", "/0/single_use wrong_type");
    }

    [Fact]
    public async Task A_code_that_an_item_leaves_out_is_not_free_for_another()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"},{"code":"C"}]""");

        (await site.PatchAsync(BulkUpdate, """[{"id":1,"value":1},{"id":2,"code":"A"}]""")).ExpectProblem(409, "conflict", "/1/code code_taken");
        (await site.PatchAsync(BulkUpdate, """[{"id":1,"code":"B"},{"id":3,"value":9},{"id":2,"code":"A"}]""")).Expect(
            200,
            """[{"id":1,"code":"B","is_active":true,"value":0},{"id":3,"code":"C","is_active":true,"value":9},{"id":2,"code":"A","is_active":true,"value":0}]""");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task An_item_of_another_version_refuses_the_call_and_each_is_named(string method)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"},{"code":"C"},{"code":"D"}]""");
        await site.PutAsync(Certificates + "2", """{"code":"B","value":5}""");
        var before = await site.ListAsync();

        var stale = await site.CallAsync(
            method, BulkUpdate, """[{"id":1,"code":"A","value":1,"version":1},{"id":2,"code":"B","version":1},{"id":3,"code":"C","version":7},{"id":4,"code":"D"}]""");
        stale.ExpectProblem(412, "precondition-failed", "/1/version version_mismatch", "/2/version version_mismatch");
        Assert.Equal("2 of 4 items are at a different version; nothing was stored.", stale.Detail());
        Assert.Contains("The certificate is now at version 2.", stale.Body, StringComparison.Ordinal);
        // If another error exists, it decides the status.
        (await site.CallAsync(method, BulkUpdate, """[{"id":2,"code":"B","version":1},{"id":9,"code":"X","version":1}]""")).ExpectProblem(
            404, "not-found", "/1/id not_found");
        (await site.CallAsync(method, BulkUpdate, """[{"id":2,"code":"B","version":1},{"id":3,"code":"A"}]""")).ExpectProblem(
            409, "conflict", "/0/version version_mismatch", "/1/code code_taken");
        (await site.CallAsync(method, BulkUpdate, """[{"id":2,"code":"B","version":0},{"id":3,"code":"C","version":"1"}]""")).ExpectInvalid(
            "/0/version out_of_range", "/1/version wrong_type");
        Assert.Equal(before, await site.ListAsync());

        Assert.Equal(200, (await site.CallAsync(method, BulkUpdate, """[{"id":2,"code":"B","value":6,"version":2},{"id":1,"code":"A","version":1}]""")).Status);
    }

    [Fact]
    public async Task A_version_elsewhere_is_refused_with_what_to_send_instead()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        foreach (var method in new[] { "PUT", "PATCH" })
        {
            var refused = await site.CallAsync(method, Certificates + "1", """{"code":"A","version":1}""");
            refused.ExpectInvalid("/version not_allowed");
            Assert.Contains("If-Match", refused.Body, StringComparison.Ordinal);
            (await site.CallAsync(method, Certificates + "1", """{"code":"B"}""", ("If-Match", "\"7\""))).ExpectProblem(412, "precondition-failed");
        }
        (await site.CreateAsync("""[{"code":"B","version":1}]""")).ExpectInvalid("/0/version not_allowed");
    }

    [Fact]
    public async Task A_retry_gets_the_same_bytes_whatever_has_happened_since()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"Подарок 🎁","value":500},{"code":"B","is_active":false}]""");
        (string Path, string Body)[] calls =
        [
            (Certificates + "1", """{"value":7}"""),
            (BulkUpdate, """[{"id":2,"value":8},{"id":1},{"id":2000,"value":1}]"""),
            (BulkUpdate, """[{"id":2,"value":8,"version":1},{"id":1,"version":1}]"""),
            (BulkUpdate, """[{"id":2,"value":9},{"id":1,"is_active":false}]"""),
        ];
        var first = new List<Answer>();
        foreach (var (path, body) in calls)
            first.Add(await site.PatchAsync(path, body, ("Idempotency-Key", $"key-{first.Count}")));
        Assert.Equal([200, 404, 412, 200], first.Select(answer => answer.Status));

        await site.UpdateAsync("""[{"id":1,"code":"X","value":100},{"id":2,"code":"Y","value":100}]""");

        for (var at = 0; at < calls.Length; at++)
        {
            var again = await site.PatchAsync(calls[at].Path, calls[at].Body, ("Idempotency-Key", $"key-{at}"));
            Assert.Equal("true", again.Header("Idempotent-Replayed"));
            Assert.Equal((first[at].Status, first[at].Body, first[at].Header("ETag")), (again.Status, again.Body, again.Header("ETag")));
        }
        (await site.PutAsync(Certificates + "1", """{"value":7}""", ("Idempotency-Key", "key-0"))).ExpectInvalid("/code required");
        (await site.PutAsync(BulkUpdate, """[{"id":2,"code":"Y"}]""", ("Idempotency-Key", "key-3"))).ExpectProblem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData(Certificates + "9", "{}", 404)]
    [InlineData(Certificates + "1", "[]", 400)]
    [InlineData(Certificates + "1", "", 400)]
    [InlineData(Certificates + "1", "null", 400)]
    [InlineData(Certificates + "1", """{"id":2}""", 400)]
    [InlineData(Certificates + "1", """{"balance":"1.00"}""", 400)]
    [InlineData(BulkUpdate, "{}", 400)]
    [InlineData(BulkUpdate, """[{"value":1}]""", 400)]
    [InlineData(BulkUpdate, """[{"id":1},{"id":1}]""", 400)]
    [InlineData(BulkUpdate, """[{"id":9,"value":1}]""", 404)]
    public async Task What_cannot_be_changed_is_refused(string path, string body, int status)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        Assert.Equal(status, (await site.PatchAsync(path, body)).Status);
        Assert.Equal("""[{"id":1,"code":"A","is_active":true,"value":0,"version":1}]""", await site.ListAsync());
    }

    private static string Array(int count, Func<int, string> item) =>
        new StringBuilder("[").AppendJoin(',', Enumerable.Range(1, count).Select(item)).Append(']').ToString();
}
