using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>
/// A client that is the only one to change two certificates, which start with a balance of 0. In turn it raises the value of both by 10, at
/// their known versions; writes 1.00 off the first; pays with the balance of the first; raises the first by 10, with If-Match; and writes
/// off the balances of both.
/// </summary>
internal sealed class Upkeep(RestartedScrip scrip, long first, long second) : ISettlingCaller
{
    private const string Certificates = "external/payment-certificate/";
    private const int StepsOfRound = 5;
    private int steps;

    public SettledCalls Calls { get; } = new(scrip);

    private int Rounds => steps / StepsOfRound;
    private int Step => steps % StepsOfRound;

    /// <summary>Every step changes the first certificate. The first and the last step of a round change the second.</summary>
    private int VersionOfFirst => 1 + steps;
    private int VersionOfSecond => 1 + (2 * Rounds) + (Step > 0 ? 1 : 0);

    public async Task WorkAsync(CancellationToken end)
    {
        for (; !end.IsCancellationRequested; steps++)
        {
            var call = NextCall() with { Key = Text($"upkeep-{first}-{steps}") };
            await Calls.SettleAsync(() => call);
        }
    }

    public async Task CheckAsync(HttpClient client)
    {
        await Calls.RepeatAsync(client);
        var valueOfFirst = (20 * Rounds) + Step switch { 0 => 0, < 4 => 10, _ => 20 };
        var leftOfFirst = Step switch { 0 or 3 => 0, 2 => 9, _ => 10 };
        var risen = Step > 0 ? 10 : 0;
        await ExpectAsync(first, valueOfFirst, leftOfFirst, VersionOfFirst);
        await ExpectAsync(second, (10 * Rounds) + risen, risen, VersionOfSecond);

        async Task ExpectAsync(long id, int value, int balance, int version) => Assert.Equal(
            Text($$"""{"value":{{value}},"balance":"{{balance}}.00","version":{{version}}}"""),
            (await client.FetchAsync(Text($"/{Certificates}{id}/?fields=value,balance,version"))).Body);
    }

    private WriteCall NextCall() => Step switch
    {
        0 => new(
            HttpMethod.Patch,
            $"{Certificates}bulk-update/",
            Text($$"""[{"id":{{first}},"value":{{(20 * Rounds) + 10}},"version":{{VersionOfFirst}}},""")
            + Text($$"""{"id":{{second}},"value":{{(10 * Rounds) + 10}},"version":{{VersionOfSecond}}}]""")),
        1 => new(HttpMethod.Post, Text($"{Certificates}{first}/write-off/"), """{"amount":"1.00"}"""),
        2 => new(
            HttpMethod.Post,
            $"{Certificates}redemption/",
            Text($$"""{"certificate_id":{{first}},"amount":"100.00","allow_partial":true,"reference":"R{{steps}}"}""")),
        3 => new(HttpMethod.Patch, Text($"{Certificates}{first}/"), Text($$"""{"value":{{(20 * Rounds) + 20}}}"""))
        {
            IfMatch = Text($"\"{VersionOfFirst}\""),
        },
        _ => new(HttpMethod.Post, $"{Certificates}bulk-write-off/", Text($$"""[{"id":{{first}}},{"id":{{second}}}]""")),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
