using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Ledger;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>
/// Writes of all kinds to the same few certificates, by many clients at once. Each accepted write leaves a unique line in the journal, so
/// that the journal tells the order in which they were executed.
/// </summary>
internal sealed class MixedWrites
{
    private const int Certificates = 50;

    /// <summary>The first certificates keep their codes, because a change of a value must name the code too.</summary>
    private const int NeverRenamed = 40;
    private const int MostMinorUnits = 3_000;
    private const string Redemptions = "/external/payment-certificate/redemption/";

    private readonly ConcurrentDictionary<string, Command> accepted = new();
    private readonly ConcurrentQueue<int> left;
    private readonly int[] values;
    private readonly int seed;
    private int refused;

    /// <param name="writes">The number of writes; up to two steps may follow a payment.</param>
    public MixedWrites(int seed, int writes)
    {
        this.seed = seed;
        left = new ConcurrentQueue<int>(Enumerable.Range(1, writes));
        values = [.. Enumerable.Range(1, writes)];
        new Random(seed).Shuffle(values);
    }

    public int Accepted => accepted.Count;
    public int Refused => refused;

    public static async Task PrepareAsync(HttpClient client)
    {
        var items = Enumerable.Range(1, Certificates).Select(id => $$"""{"code":"{{CodeOf(id)}}"}""");
        Assert.Equal(201, (await client.CreateAsync($"[{string.Join(',', items)}]")).Status);
    }

    /// <summary>Runs one client until no writes are left.</summary>
    public async Task WriteAsync(HttpClient client)
    {
        while (left.TryDequeue(out var number))
        {
            var random = new Random(seed + number);
            switch (random.Next(10))
            {
                case < 3:
                    await RevalueAsync(client, random.Next(1, NeverRenamed + 1), values[number - 1]);
                    break;
                case < 4:
                    await RenameAsync(client, random, number);
                    break;
                default:
                    await PayAsync(client, random, number);
                    break;
            }
        }
    }

    /// <summary>Runs all accepted writes through the model, in the order of the journal, and compares the final state.</summary>
    public async Task CompareAsync(HttpClient client)
    {
        var model = new PlainModel();
        model.Run(Create(), Instants.Start);
        foreach (var command in await InOrderAsync(client))
            model.Run(command, Instants.Start);
        Assert.Equal(model.Certificates, await StoredCertificatesAsync(client));
        Assert.Equal(model.Redemptions.Select(text => text.Split(" until ")[0]), await StoredRedemptionsAsync(client));
    }

    private async Task RevalueAsync(HttpClient client, int id, int value)
    {
        var answer = await client.PutAsync($"{HttpCalls.Certificates}{id}/", $$"""{"code":"{{CodeOf(id)}}","value":{{value}}}""");
        Keep(answer, 200, $"adjusted {id} {value}.00", Update(
            new CertificateChange(id, CommandText.Code(CodeOf(id)), IsActive: null, FaceValue: value * 100L)));
    }

    private async Task RenameAsync(HttpClient client, Random random, int number)
    {
        int[] ids = [.. Enumerable.Range(NeverRenamed + 1, Certificates - NeverRenamed).OrderBy(_ => random.Next()).Take(2)];
        var changes = ids.Select(id => (Id: (long)id, Code: $"NEW-{number}-{id}")).ToList();
        var items = changes.Select(change => $$"""{"id":{{change.Id}},"code":"{{change.Code}}"}""");
        var answer = await client.UpdateAsync($"[{string.Join(',', items)}]");
        Keep(answer, 200, $"renamed {changes[0].Code}", Update(
            [.. changes.Select(change => new CertificateChange(change.Id, CommandText.Code(change.Code), IsActive: null, FaceValue: null))]));
    }

    private async Task PayAsync(HttpClient client, Random random, int number)
    {
        var (id, amount, capture) = (random.Next(1, Certificates + 1), random.Next(1, MostMinorUnits), random.Next(2) == 0);
        var answer = await client.PostAsync(
            Redemptions,
            $$"""{"certificate_id":{{id}},"amount":"{{Text(amount)}}","reference":"R{{number}}","capture":{{(capture ? "true" : "false")}}}""",
            ("Idempotency-Key", $"pay-{number}"));
        var redeem = new RedeemCertificate(null, id, amount, $"R{number}", capture, HoldExpiresAt: null) { Origin = new(1, 0) };
        if (!Keep(answer, 201, $"pay R{number}", redeem))
            return;
        using var json = JsonDocument.Parse(answer.Body);
        var redemption = json.RootElement.GetProperty("id").GetInt64();
        if (!capture && random.Next(3) == 0)
        {
            await StepAsync(client, "released", redemption, "release", "{}", new ReleaseHold(redemption) { Origin = new(1, 0) });
            return;
        }
        var captured = capture ? amount : random.Next(1, amount + 1);
        if (!capture)
        {
            await StepAsync(
                client, "captured", redemption, "capture", $$"""{"amount":"{{Text(captured)}}"}""",
                new CaptureHold(redemption, captured, IsFinal: true) { Origin = new(1, 0) });
        }
        if (random.Next(2) == 0)
        {
            var back = random.Next(1, captured + 1);
            await StepAsync(
                client, "refunded", redemption, "refund", $$"""{"amount":"{{Text(back)}}"}""",
                new RefundRedemption(redemption, back, Reason: null) { Origin = new(1, 0) });
        }
    }

    private async Task StepAsync(HttpClient client, string kind, long redemption, string step, string body, Command command)
    {
        var answer = await client.PostAsync($"{Redemptions}{redemption}/{step}/", body, ("Idempotency-Key", $"{step}-{redemption}"));
        // No other client uses this redemption, so nothing can stop its next step.
        Assert.True(Keep(answer, 200, $"{kind} {redemption}", command), answer.Body);
    }

    /// <param name="trace">What the journal will say about this write and no other.</param>
    private bool Keep(Answer answer, int success, string trace, Command command)
    {
        if (answer.Status != success)
        {
            Assert.True(answer.Status == 409, answer.Body);
            Interlocked.Increment(ref refused);
            return false;
        }
        Assert.True(accepted.TryAdd(trace, command), trace);
        return true;
    }

    private async Task<List<Command>> InOrderAsync(HttpClient client)
    {
        using var journal = JsonDocument.Parse((await client.FetchAsync("/external/payment-certificate/entry/")).Body);
        var lines = journal.RootElement.EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(id => (long)id), lines.Select(line => line.GetProperty("id").GetInt64()));
        Assert.All(lines.Skip(Certificates), line => Assert.True(IsSecondLine(line) || TracesOf(line).Any(accepted.ContainsKey), line.ToString()));
        var inOrder = lines.SelectMany(TracesOf).Where(accepted.ContainsKey).Distinct().ToList();
        Assert.Equal(accepted.Keys.Order(StringComparer.Ordinal), inOrder.Order(StringComparer.Ordinal));
        return [.. inOrder.Select(trace => accepted[trace])];
    }

    /// <summary>The traces that a line may belong to: a redemption's first line belongs to its payment, a later one to a step.</summary>
    private static string[] TracesOf(JsonElement line) => line.GetProperty("kind").GetString() switch
    {
        "adjusted" => [$"adjusted {line.GetProperty("certificate_id")} {line.GetProperty("detail").GetProperty("value").GetProperty("after").GetString()}"],
        "renamed" => [$"renamed {line.GetProperty("detail").GetProperty("code").GetProperty("after").GetString()}"],
        "issued" => [],
        var kind => [$"pay {line.GetProperty("reference").GetString()}", $"{kind} {line.GetProperty("redemption_id")}"],
    };

    /// <summary>
    /// Whether the line is the second of a write: a bulk update renames two certificates, and a final capture releases the rest.
    /// </summary>
    private static bool IsSecondLine(JsonElement line) => line.GetProperty("kind").GetString() is "renamed" or "released";

    private static UpdateCertificates Update(params CertificateChange[] changes) => new(changes) { Origin = new(1, 0) };

    private static CreateCertificates Create()
    {
        var items = Enumerable.Range(1, Certificates).Select(id => new NewCertificate(CommandText.Code(CodeOf(id)), IsActive: true, FaceValue: 0));
        return new CreateCertificates([.. items]) { Origin = new(1, 0) };
    }

    private static async Task<List<string>> StoredCertificatesAsync(HttpClient client)
    {
        using var list = JsonDocument.Parse((await client.FetchAsync($"{HttpCalls.Certificates}?fields=id,code,value,version,spent,held")).Body);
        return
        [
            .. list.RootElement.EnumerateArray().Select(one =>
                $"{one.GetProperty("id")}:{one.GetProperty("code").GetString()}={one.GetProperty("value").GetInt64() * 100}/on "
                + $"v{one.GetProperty("version")} spent {Minor(one, "spent")} held {Minor(one, "held")}"),
        ];
    }

    private static async Task<List<string>> StoredRedemptionsAsync(HttpClient client)
    {
        using var list = JsonDocument.Parse((await client.FetchAsync(Redemptions)).Body);
        return
        [
            .. list.RootElement.EnumerateArray().Select(one =>
                $"{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(one.GetProperty("state").GetString()!)} {one.GetProperty("id")}:"
                + $"{one.GetProperty("reference").GetString()} of {one.GetProperty("certificate_id")}:{one.GetProperty("code").GetString()} "
                + $"{Minor(one, "amount")}-{Minor(one, "captured")}+{Minor(one, "refunded")} balance {Minor(one, "balance")}"),
        ];
    }

    private static string CodeOf(int id) => string.Create(CultureInfo.InvariantCulture, $"MIXED-{id}");

    private static string Text(int minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static long Minor(JsonElement one, string name) =>
        (long)(decimal.Parse(one.GetProperty(name).GetString()!, CultureInfo.InvariantCulture) * 100);
}
