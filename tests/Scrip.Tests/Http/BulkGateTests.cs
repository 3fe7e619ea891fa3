using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>The memory of bulk calls is limited: large ones without a place do not wait but are told to try again.</summary>
public sealed class BulkGateTests
{
    private static readonly string LargeB = """[{"code":"B"}]""".PadRight(200_000);

    [Fact]
    public async Task A_bulk_call_without_a_place_is_a_503_that_says_when_to_retry_and_stores_nothing()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxBulkCallsAtOnce", "1"));
        await scrip.Client.CreateAsync("""[{"code":"A"}]""");
        using (await SlowBody.BeginAsync(scrip, BulkCreate))
        {
            var refused = await scrip.Client.CreateAsync(LargeB);
            refused.ExpectProblem(503, "unavailable");
            Assert.Equal("1", refused.Header("Retry-After"));
            Assert.Equal("Too many requests are waiting. Nothing was stored; try again.", refused.Detail());
            (await scrip.Client.UpdateAsync("[]".PadRight(200_000))).ExpectProblem(503, "unavailable");
            (await scrip.Client.CreateAsync(LargeB, ("Transfer-Encoding", "chunked"))).ExpectProblem(503, "unavailable");
            (await scrip.Client.PutAsync(Certificates + "1", """{"code":"C"}""")).Expect(200, """{"id":1,"code":"C","is_active":true,"value":0}""");
            (await scrip.Client.CreateAsync("""[{"code":"small"}]""")).Expect(201, """[{"id":2,"code":"small","is_active":true,"value":0}]""");
            (await scrip.Client.CreateAsync("""[{"code":"chunked"}]""", ("Transfer-Encoding", "chunked"))).Expect(
                201, """[{"id":3,"code":"chunked","is_active":true,"value":0}]""");
            (await scrip.Client.FetchAsync(Certificates + "?fields=code")).Expect(200, """[{"code":"C"},{"code":"small"},{"code":"chunked"}]""");
        }

        // The place is free again after the slow caller has gone.
        Answer answer;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((answer = await scrip.Client.CreateAsync(LargeB)).Status == 503)
            await Task.Delay(10, limit.Token);
        answer.Expect(201, """[{"id":4,"code":"B","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task One_site_takes_half_of_the_places_that_others_leave_at_most()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxBulkCallsAtOnce", "8"));
        var tokens = new List<string> { ScripApplication.AdminToken };
        foreach (var name in new[] { "second", "third", "fourth" })
        {
            await scrip.Client.PostAsync("/external/site/", $$"""{"name":"{{name}}","currency":"USD","time_zone":"UTC"}""");
            tokens.Add((await SharedScrip.CreateTokenAsync(scrip.Client, name, "certificates:write")).Text);
        }
        var slow = new List<SlowBody>();
        try
        {
            foreach (var (token, places) in tokens.Zip([4, 2, 1, 0]))
            {
                using var client = scrip.ClientWith(token);
                for (var call = 0; call < places; call++)
                    slow.Add(await SlowBody.BeginAsync(scrip, BulkCreate, token));
                if (places > 0)
                    (await client.CreateAsync(LargeB)).ExpectProblem(503, "unavailable");
                else
                    (await client.CreateAsync(LargeB)).Expect(201, """[{"id":1,"code":"B","is_active":true,"value":0}]""");
            }
        }
        finally
        {
            slow.ForEach(call => call.Dispose());
        }
    }
}
