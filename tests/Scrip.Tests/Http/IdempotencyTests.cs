using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A write with an Idempotency-Key happens once, and always gets the same response.</summary>
public sealed class IdempotencyTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Two = """[{"code":"A","value":5},{"code":"B","is_active":false}]""";

    [Fact]
    public async Task Every_write_is_replayed_byte_for_byte_even_after_later_changes()
    {
        var site = await scrip.OpenSiteAsync();
        (string Method, string Path, string Body)[] writes =
        [
            ("POST", BulkCreate, Two),
            ("PUT", Certificates + "1/", """{"code":"A2"}"""),
            ("PUT", BulkUpdate, """[{"id":2,"code":"B2"},{"id":1,"code":"A3","value":7}]"""),
            ("POST", BulkCreate, "[]"),
            ("PUT", Certificates + "1/", """{"code":"A3"}"""),
        ];
        var first = new List<Answer>();
        foreach (var (method, path, body) in writes)
            first.Add(await site.CallAsync(method, path, body, ("Idempotency-Key", $"key-{first.Count}")));
        Assert.Equal([201, 200, 200, 201, 200], first.Select(answer => answer.Status));
        await site.UpdateAsync("""[{"id":1,"code":"X","is_active":false,"value":99},{"id":2,"code":"Y","is_active":true,"value":98}]""");
        var stored = await site.ListAsync();

        for (var at = 0; at < writes.Length; at++)
        {
            var (method, path, body) = writes[at];
            var replay = await site.CallAsync(method, path.TrimEnd('/'), body, ("Idempotency-Key", $"key-{at}"));

            replay.Expect(first[at].Status, first[at].Body);
            Assert.Equal(first[at].Header("ETag"), replay.Header("ETag"));
            Assert.Equal(first[at].Header("Content-Type"), replay.Header("Content-Type"));
            Assert.Null(first[at].Header("Idempotent-Replayed"));
            Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        }
        Assert.Equal(stored, await site.ListAsync());
    }

    [Fact]
    public async Task Refusals_that_rest_on_what_is_stored_are_replayed_with_the_same_bytes_too()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync(Two);
        (string Method, string Path, string Body, string? IfMatch, int Status)[] writes =
        [
            ("POST", BulkCreate, """[{"code":"C"},{"code":"A"}]""", null, 409),
            ("PUT", BulkUpdate, """[{"id":1,"code":"B"}]""", null, 409),
            ("PUT", BulkUpdate, """[{"id":3,"code":"C"}]""", null, 404),
            ("PUT", Certificates + "3/", """{"code":"C"}""", null, 404),
            ("PUT", Certificates + "abc/", """{"code":"C"}""", null, 404),
            ("PUT", Certificates + "9223372036854775808/", """{"code":"C"}""", null, 404),
            ("PUT", Certificates + "1/", """{"code":"B"}""", null, 409),
            ("PUT", Certificates + "1/", """{"code":"C"}""", "\"2\"", 412),
        ];
        var first = new List<Answer>();
        foreach (var write in writes)
            first.Add(await SendAsync(write, first.Count));
        Assert.Equal(writes.Select(write => write.Status), first.Select(answer => answer.Status));
        // Now each of them would be possible.
        await site.UpdateAsync("""[{"id":1,"code":"gone"},{"id":2,"code":"gone too"}]""");
        await site.CreateAsync("""[{"code":"third"}]""");
        var stored = await site.ListAsync();

        for (var at = 0; at < writes.Length; at++)
        {
            var replay = await SendAsync(writes[at], at);
            replay.Expect(first[at].Status, first[at].Body);
            Assert.Equal("true", replay.Header("Idempotent-Replayed"));
            Assert.Null(first[at].Header("Idempotent-Replayed"));
        }
        Assert.Equal(stored, await site.ListAsync());

        Task<Answer> SendAsync((string Method, string Path, string Body, string? IfMatch, int Status) write, int key) => site.CallAsync(
            write.Method, write.Path, write.Body, [("Idempotency-Key", $"refused-{key}"), .. write.IfMatch is { } tag ? [("If-Match", tag)] : Array.Empty<(string, string)>()]);
    }

    [Fact]
    public async Task The_same_key_on_another_request_is_refused()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync(Two);
        var key = ("Idempotency-Key", "one");
        var first = await site.PutAsync(Certificates + "1", """{"code":"A2"}""", key);
        var stored = await site.ListAsync();

        (await site.PutAsync(Certificates + "1", """{"code":"A3"}""", key)).ExpectProblem(422, "idempotency-key-reused");
        (await site.PutAsync(Certificates + "1", """{"code": "A2"}""", key)).ExpectProblem(422, "idempotency-key-reused");
        (await site.PutAsync(Certificates + "2", """{"code":"A2"}""", key)).ExpectProblem(422, "idempotency-key-reused");
        (await site.PutAsync(Certificates + "abc", """{"code":"A2"}""", key)).ExpectProblem(422, "idempotency-key-reused");
        (await site.PutAsync(Certificates + "1", """{"code":"A2"}""", key, ("If-Match", "*"))).ExpectProblem(422, "idempotency-key-reused");
        (await site.UpdateAsync("""[{"id":1,"code":"A2"}]""", key)).ExpectProblem(422, "idempotency-key-reused");
        (await site.CreateAsync("""[{"code":"A9"}]""", key)).ExpectProblem(422, "idempotency-key-reused");
        Assert.Equal(stored, await site.ListAsync());
        (await site.PutAsync(Certificates + "1", """{"code":"A2"}""", key)).Expect(200, first.Body);
    }

    [Fact]
    public async Task The_same_array_sent_to_the_other_bulk_call_is_another_request()
    {
        var site = await scrip.OpenSiteAsync();
        (await site.CreateAsync("[]", ("Idempotency-Key", "empty"))).Expect(201, "[]");

        (await site.UpdateAsync("[]", ("Idempotency-Key", "empty"))).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_key_in_quotes_is_the_key_without_them()
    {
        var site = await scrip.OpenSiteAsync();
        var first = await site.CreateAsync(Two, ("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324"));

        (await site.CreateAsync(Two, ("Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""))).Expect(201, first.Body);
        (await site.CreateAsync("[]", ("Idempotency-Key", "\"8E03978E-40D5-43DD-BC93-6894A57F9324\""))).Expect(201, "[]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"open")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\x\"")]
    [InlineData("tab\tinside")]
    [InlineData("longer")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");
        var header = ("Idempotency-Key", key == "longer" ? new string('k', 256) : key);

        (await site.CreateAsync("""[{"code":"B"}]""", header)).ExpectInvalid();
        (await site.UpdateAsync("""[{"id":1,"code":"B"}]""", header)).ExpectInvalid();
        (await site.PutAsync(Certificates + "1", """{"code":"B"}""", header)).ExpectInvalid();
        (await scrip.Application.Client.CallAsync("DELETE", "/external/api-token/999", null, header)).ExpectInvalid();
        Assert.Equal("""[{"id":1,"code":"A","is_active":true,"value":0,"version":1}]""", await site.ListAsync());
    }

    [Fact]
    public async Task A_key_of_255_characters_is_taken()
    {
        var site = await scrip.OpenSiteAsync();

        Assert.Equal(201, (await site.CreateAsync("""[{"code":"A"}]""", ("Idempotency-Key", new string('k', 255)))).Status);
    }

    [Theory]
    [InlineData("Idempotency-Key: one\r\nIdempotency-Key: two")]
    [InlineData("Idempotency-Key: one\r\nIdempotency-Key: one")]
    [InlineData("Idempotency-Key: K\u00C3\u00A9")]
    [InlineData("Idempotency-Key:")]
    public async Task Keys_that_no_client_library_sends_are_refused(string header)
    {
        var answer = await RawHttp.ExchangeAsync(
            scrip.Application.Address,
            $"POST {BulkCreate} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\n{header}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key must be one value", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_invalid_is_not_remembered()
    {
        var site = await scrip.OpenSiteAsync();
        var key = ("Idempotency-Key", "again");

        (await site.CreateAsync("""[{"code":""}]""", key)).ExpectInvalid("/0/code empty");
        (await site.SendAsync("POST", BulkCreate, content: null, key)).ExpectProblem(415, "unsupported-media-type");

        var corrected = await site.CreateAsync("""[{"code":"A"}]""", key);
        corrected.Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
        Assert.Null(corrected.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_have_one_effect_and_one_answer()
    {
        var site = await scrip.OpenSiteAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => site.CreateAsync(Two, ("Idempotency-Key", "fifty"))));

        Assert.Single(answers.Select(answer => (answer.Status, answer.Body)).Distinct());
        Assert.Equal(201, answers[0].Status);
        Assert.Single(answers, answer => answer.Header("Idempotent-Replayed") is null);
        (await site.FetchAsync(Certificates)).Expect(200, answers[0].Body);
    }

    [Fact]
    public async Task Fifty_at_once_with_keys_of_their_own_get_ids_without_gaps()
    {
        var site = await scrip.OpenSiteAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            at => site.CreateAsync($$"""[{"code":"P{{at}}"}{{(at % 5 == 0 ? ",{\"code\":\"same\"}" : "")}}]""", ("Idempotency-Key", $"own-{at}"))));

        Assert.Equal(9, answers.Count(answer => answer.Status == 409));
        Assert.Equal(41, answers.Count(answer => answer.Status == 201));
        (await site.FetchAsync(Certificates + "?fields=id")).Expect(200, $"[{string.Join(',', Enumerable.Range(1, 42).Select(id => $$"""{"id":{{id}}}"""))}]");
    }

    [Fact]
    public async Task Without_a_key_a_retry_is_a_new_write()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        (await site.CreateAsync("""[{"code":"A"}]""")).ExpectProblem(409, "conflict", "/0/code code_taken");
    }
}
