using Scrip.Tests.Support;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Faults;

/// <summary>On the executable: a refund, a rotation, a kill, and the refund's retry with the new text and the same key is one refund.</summary>
public abstract class RotatedRefundTests(string storage)
{
    [Fact]
    public async Task A_token_rotated_between_a_refund_and_its_retry_refunds_once()
    {
        long id;
        string text, body;
        await using (var scrip = await ScripProcess.ServeAsync(storage))
        {
            (id, var first) = await SharedScrip.CreateTokenAsync(scrip.Client, "default", "certificates:write", "redemptions:write");
            using var before = With(scrip, first);
            await before.CreateAsync("""[{"code":"A","value":500}]""");
            Assert.Equal(201, (await before.RedeemAsync("""{"code":"A","amount":100,"reference":"R"}""")).Status);
            body = (await before.StepAsync(1, "refund", """{"amount":40}""", "refund-1")).Body;

            string[] rotate = ["token", "rotate", $"{id}", "--url", scrip.Client.BaseAddress!.ToString()];
            (var status, text, var errors) = await ScripProcess.RunAsync(rotate, ("SCRIP_ADMIN_TOKEN", ScripProcess.AdminToken));
            Assert.Equal((0, ""), (status, errors));
            Assert.Matches("^scrip_default_[0-9A-Za-z]{42}$", text);
            await ExpectReplayAsync(scrip, text, body);
            await scrip.KillAsync();
        }
        await using (var again = await ScripProcess.ServeAsync(storage))
        {
            await ExpectReplayAsync(again, text, body);
            Assert.Equal("\"440.00\"", await again.Client.AttributeAsync(1, "balance"));
        }
        await ScripProcess.ProveAsync(storage);
    }

    private static async Task ExpectReplayAsync(ScripProcess scrip, string text, string body)
    {
        using var after = With(scrip, text);
        var replay = (await after.StepAsync(1, "refund", """{"amount":40}""", "refund-1")).Expect(200, body);
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
    }

    private static HttpClient With(ScripProcess scrip, string token)
    {
        var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("API-Token", token);
        return client;
    }
}

public sealed class SqliteRotatedRefundTests : RotatedRefundTests, IDisposable
{
    private readonly TemporaryFolder folder;

    public SqliteRotatedRefundTests()
        : this(new TemporaryFolder())
    {
    }

    private SqliteRotatedRefundTests(TemporaryFolder folder)
        : base(folder.Storage) => this.folder = folder;

    public void Dispose() => folder.Dispose();
}

[Trait("Database", "Postgres")]
public sealed class PostgresRotatedRefundTests() : RotatedRefundTests(TestStorage.NewPostgresDatabase());
