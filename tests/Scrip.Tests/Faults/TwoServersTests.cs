using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>Two processes serve one PostgreSQL without knowing of each other.</summary>
[Trait("Database", "Postgres")]
public sealed class TwoServersTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string storage = TestStorage.NewPostgresDatabase();
    private ScripProcess first = null!;
    private ScripProcess second = null!;

    public async Task InitializeAsync()
    {
        // Both start at once: the later one finds the schema already created.
        var starting = new[] { ScripProcess.ServeAsync(storage), ScripProcess.ServeAsync(storage) };
        first = await starting[0];
        second = await starting[1];
    }

    public async Task DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task What_64_clients_do_at_both_comes_to_what_the_model_makes_of_it_in_the_order_of_the_journal()
    {
        const int clients = 64;
        const int writes = 10_000;
        var mixed = new MixedWrites(TestSettings.Seed(output), writes);
        await MixedWrites.PrepareAsync(first.Client);

        await Task.WhenAll(Enumerable.Range(0, clients).Select(at => mixed.WriteAsync(at % 2 == 0 ? first.Client : second.Client)));

        output.WriteLine($"{mixed.Accepted} writes were accepted, {mixed.Refused} refused.");
        Assert.True(mixed.Accepted > writes / 2 && mixed.Refused > 0, "Too little of one kind was tried.");
        await mixed.CompareAsync(second.Client);
        await ScripProcess.ProveAsync(storage);
    }

    [Fact]
    public async Task A_key_used_at_both_at_once_has_one_effect_and_one_answer()
    {
        await first.Client.CreateAsync("""[{"code":"A","value":1000}]""");
        for (var round = 1; round <= 50; round++)
        {
            var key = ("Idempotency-Key", $"key-{round}");
            var payment = $$"""{"certificate_id":1,"amount":"1.00","reference":"ORDER-{{round}}"}""";
            var answers = await Task.WhenAll(new[] { first, second, first, second }.Select(server =>
                server.Client.PostAsync("/external/payment-certificate/redemption/", payment, key)));
            Assert.All(answers, answer => Assert.Equal((201, answers[0].Body), (answer.Status, answer.Body)));
            Assert.Single(answers, answer => answer.Header("Idempotent-Replayed") is null);
        }
        (await second.Client.FetchAsync("/external/payment-certificate/1/?fields=spent")).Expect(200, """{"spent":"50.00"}""");
    }

    [Fact]
    public async Task Of_those_who_create_the_same_code_at_both_one_succeeds()
    {
        for (var round = 1; round <= 50; round++)
        {
            var answers = await Task.WhenAll(new[] { first, second, first, second }.Select(server =>
                server.Client.CreateAsync($$"""[{"code":"CODE-{{round}}"}]""")));
            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(3, answers.Count(answer => answer.Status == 409));
        }
        Assert.Equal(50, (await Stored.ReadAsync(first.Client)).All.Count);
    }

    [Fact]
    public async Task A_token_that_one_makes_is_good_at_the_other_soon_and_dead_there_soon_after_it_is_revoked()
    {
        var (id, text) = await SharedScrip.CreateTokenAsync(first.Client, "default", "certificates:read");
        using var client = new HttpClient { BaseAddress = second.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("API-Token", text);
        output.WriteLine($"good after {await client.UntilAsync(HttpCalls.Certificates, 200)}");

        Assert.Equal(204, (await first.Client.CallAsync("DELETE", $"/external/api-token/{id}/", null)).Status);
        output.WriteLine($"dead after {await client.UntilAsync(HttpCalls.Certificates, 401)}");
    }

    [Fact]
    public async Task A_site_that_one_opens_is_known_to_the_other_soon()
    {
        var created = await first.Client.PostAsync("/external/site/", """{"name":"second","currency":"MDL","time_zone":"UTC"}""");
        Assert.Equal(201, created.Status);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await second.Client.FetchAsync("/external/site/")).Body.Contains("\"second\"", StringComparison.Ordinal))
            await Task.Delay(10, limit.Token);
        var (_, token) = await SharedScrip.CreateTokenAsync(second.Client, "second", "certificates:read");
        Assert.StartsWith("scrip_second_", token, StringComparison.Ordinal);
    }
}
