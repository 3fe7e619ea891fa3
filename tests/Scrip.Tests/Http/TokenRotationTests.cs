using System.Text;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http;

/// <summary>A token gets a new secret, and stays the same token.</summary>
public sealed class TokenRotationTests : IAsyncLifetime
{
    private const string Path = "/external/api-token/";

    private readonly ShiftingClock clock = new();
    private ScripApplication? application;

    private ScripApplication Running => application!;

    private HttpClient Admin => Running.Client;

    public async Task InitializeAsync() => application = await ScripApplication.StartAsync(clock, ("MaxCodeMissesPerMinute", "2"));

    public async Task DisposeAsync() => await Running.DisposeAsync();

    [Fact]
    public async Task A_retry_that_crosses_a_rotation_is_still_one_write()
    {
        var (id, text) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:write", "redemptions:write");
        using var before = Running.ClientWith(text);
        await before.CreateAsync("""[{"code":"A","value":500}]""");
        Assert.Equal(201, (await before.RedeemAsync("""{"code":"A","amount":100,"reference":"R"}""")).Status);
        var refunded = await before.StepAsync(1, "refund", """{"amount":40}""", "refund-1");
        Assert.Equal(200, refunded.Status);

        using var after = Running.ClientWith(await RotateAsync(id));
        foreach (var client in new[] { after, before })
        {
            var again = (await client.StepAsync(1, "refund", """{"amount":40}""", "refund-1")).Expect(200, refunded.Body);
            Assert.Equal("true", again.Header("Idempotent-Replayed"));
        }
        Assert.Equal(200, (await after.StepAsync(1, "refund", """{"amount":1}""")).Status);
        Assert.Equal("\"441.00\"", await Admin.AttributeAsync(1, "balance"));
        using var journal = JsonDocument.Parse((await Admin.FetchAsync(Entries + "?fields=actor")).Body);
        Assert.All(journal.RootElement.EnumerateArray(), entry => Assert.Equal($"token:{id}", entry.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task A_rotation_shows_the_new_text_once_with_the_attributes_of_the_token()
    {
        var (id, text) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        var answer = await Admin.PostAsync($"{Path}{id}/rotate/", """{"overlap_seconds":3600}""");

        Assert.Equal((200, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        Assert.Matches(
            $$"""^\{"id":{{id}},"site":"default","name":"test","scopes":\["certificates:read"\],"created_at":"[^"]+","overlap_ends_at":"""
            + """(?:"[^"]+"),"token":"scrip_default_[0-9A-Za-z]{42}"\}$""",
            answer.Body);
        using var rotated = JsonDocument.Parse(answer.Body);
        Assert.InRange(
            rotated.RootElement.GetProperty("overlap_ends_at").GetDateTimeOffset() - clock.GetUtcNow(),
            TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(60));
        var listed = await Admin.FetchAsync(Path);
        Assert.Contains("\"overlap_ends_at\"", listed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"token\"", listed.Body, StringComparison.Ordinal);

        var secret = rotated.RootElement.GetProperty("token").GetString()!["scrip_default_".Length..];
        await Running.RestartAsync(whileStopped: () =>
        {
            foreach (var file in Directory.GetFiles(Running.DataFolder))
                Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, file);
        });
        Assert.Equal(200, await StatusAsync(text));
        Assert.Equal(200, await StatusAsync("scrip_default_" + secret));
    }

    [Theory]
    [InlineData(null, 86_400)]
    [InlineData("", 86_400)]
    [InlineData("{}", 86_400)]
    [InlineData("""{"overlap_seconds":60}""", 60)]
    [InlineData("""{"overlap_seconds":604800}""", 604_800)]
    public async Task Both_texts_work_during_the_overlap_by_the_clock_then_only_the_new_one(string? body, int seconds)
    {
        var (id, first) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        var second = await RotateAsync(id, body);

        Assert.Equal((200, 200), (await StatusAsync(first), await StatusAsync(second)));
        clock.Shift(TimeSpan.FromSeconds(seconds - 30));
        Assert.Equal((200, 200), (await StatusAsync(first), await StatusAsync(second)));
        clock.Shift(TimeSpan.FromSeconds(31));
        Assert.Equal((401, 200), (await StatusAsync(first), await StatusAsync(second)));
        Assert.DoesNotContain("\"overlap_ends_at\"", (await Admin.FetchAsync(Path)).Body, StringComparison.Ordinal);
        // The clock ran ahead.
        clock.Reset();
        Assert.Equal((200, 200), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task Without_an_overlap_the_text_before_ends_at_once_and_for_good()
    {
        var (id, first) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        var second = await RotateAsync(id, """{"overlap_seconds":0}""");
        Assert.Equal((401, 200), (await StatusAsync(first), await StatusAsync(second)));
        clock.Shift(TimeSpan.FromHours(-1));
        Assert.Equal((401, 200), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task A_rotation_during_an_overlap_ends_the_oldest_text_at_once()
    {
        var (id, first) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        var second = await RotateAsync(id);
        var third = await RotateAsync(id);
        Assert.Equal((401, 200, 200), (await StatusAsync(first), await StatusAsync(second), await StatusAsync(third)));
        (await Admin.CallAsync("DELETE", Path + id, null)).Expect(204, "");
        Assert.Equal((401, 401, 401), (await StatusAsync(first), await StatusAsync(second), await StatusAsync(third)));
    }

    [Fact]
    public async Task What_has_ended_is_a_conflict_and_what_is_not_there_is_not_found()
    {
        var (revoked, _) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        await Admin.CallAsync("DELETE", Path + revoked, null);
        (await Admin.PostAsync($"{Path}{revoked}/rotate/", "{}")).ExpectProblem(409, "conflict");

        var made = await Admin.PostAsync(
            Path, $$"""{"site":"default","name":"x","scopes":["certificates:read"],"expires_at":"{{FromNow(TimeSpan.FromHours(1))}}"}""");
        using var token = JsonDocument.Parse(made.Body);
        clock.Shift(TimeSpan.FromHours(2));
        (await Admin.PostAsync($"{Path}{token.RootElement.GetProperty("id")}/rotate/", "{}")).ExpectProblem(409, "conflict");
        foreach (var id in new[] { "999", "0", "x" })
            (await Admin.PostAsync($"{Path}{id}/rotate/", "{}")).ExpectProblem(404, "not-found");
    }

    [Theory]
    [InlineData("""{"overlap_seconds":-1}""", "/overlap_seconds out_of_range")]
    [InlineData("""{"overlap_seconds":604801}""", "/overlap_seconds out_of_range")]
    [InlineData("""{"overlap_seconds":1.5}""", "/overlap_seconds not_an_integer")]
    [InlineData("""{"overlap_seconds":"60"}""", "/overlap_seconds wrong_type")]
    [InlineData("""{"overlap":60}""", "/overlap unknown_member")]
    public async Task What_is_no_overlap_is_refused_and_changes_nothing(string body, string error)
    {
        var (id, text) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        (await Admin.PostAsync($"{Path}{id}/rotate/", body)).ExpectInvalid(error);
        Assert.Equal(200, await StatusAsync(text));
        Assert.DoesNotContain("overlap_ends_at", (await Admin.FetchAsync(Path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_with_its_key_rotates_nothing_and_shows_nothing_again()
    {
        var (id, first) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        var rotated = await Admin.PostAsync($"{Path}{id}/rotate/", "{}", Key("rotate-1"));
        var second = TextOf(rotated);

        var again = await Admin.PostAsync($"{Path}{id}/rotate/", "{}", Key("rotate-1"));
        again.ExpectProblem(409, "conflict");
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.DoesNotContain("scrip_", again.Body, StringComparison.Ordinal);
        (await Admin.PostAsync($"{Path}{id}/rotate/", """{"overlap_seconds":0}""", Key("rotate-1"))).ExpectProblem(422, "idempotency-key-reused");
        Assert.Equal((200, 200), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task Administrators_rotate_the_tokens_of_the_sites_they_look_after()
    {
        Assert.Equal(201, (await Admin.PostAsync("/external/site/", """{"name":"second","currency":"MDL","time_zone":"UTC"}""")).Status);
        var (_, ofSecond) = await SharedScrip.CreateTokenAsync(Admin, "second", "admin");
        var (mine, _) = await SharedScrip.CreateTokenAsync(Admin, "default", "certificates:read");
        using var second = Running.ClientWith(ofSecond);

        (await second.PostAsync($"{Path}{mine}/rotate/?site=default", "{}")).ExpectInvalid("?site unknown_value");
        (await second.PostAsync($"{Path}{mine + 1}/rotate/", "{}")).ExpectProblem(404, "not-found");
        // The token's own budget continues with either secret.
        using var renewed = Running.ClientWith(TextOf(await second.PostAsync(Path + "1/rotate/", "{}")));
        Assert.Equal((200, 200), ((await second.FetchAsync(Path)).Status, (await renewed.FetchAsync(Path)).Status));
        Assert.StartsWith("scrip_second_", TextOf(await Admin.PostAsync(Path + "1/rotate/?site=second", "{}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_budget_for_wrong_codes_is_the_token_s_whichever_text_it_comes_with()
    {
        var (id, first) = await SharedScrip.CreateTokenAsync(Admin, "default", "redemptions:write");
        using var before = Running.ClientWith(first);
        for (var miss = 0; miss < 2; miss++)
            Assert.Equal(404, (await before.CheckAsync("""{"code":"GUESS"}""")).Status);
        using var after = Running.ClientWith(await RotateAsync(id));
        Assert.Equal(429, (await after.CheckAsync("""{"code":"GUESS"}""")).Status);
    }

    private async Task<string> RotateAsync(long id, string? body = null) =>
        TextOf(await Admin.CallAsync("POST", $"{Path}{id}/rotate/", body));

    private static string TextOf(Answer rotated)
    {
        Assert.True(rotated.Status == 200, rotated.Body);
        using var token = JsonDocument.Parse(rotated.Body);
        return token.RootElement.GetProperty("token").GetString()!;
    }

    private async Task<int> StatusAsync(string text)
    {
        using var holder = Running.ClientWith(text);
        return (await holder.FetchAsync(Certificates)).Status;
    }
}
