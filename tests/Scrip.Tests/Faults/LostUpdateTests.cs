using System.Globalization;
using System.Net;
using Scrip.Client;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>Many clients change one certificate at once, each on the condition that nobody else has changed it.</summary>
public sealed class LostUpdateTests
{
    private const int Clients = 64;
    private const string Code = "CONTENDED";

    [Fact]
    public async Task Of_all_who_change_the_same_version_exactly_one_succeeds()
    {
        const int rounds = 15;
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(storage.Setting);
        await WriteCall.BulkCreate([Code], value: 0).SendAsync(scrip.Client);
        for (var version = 1; version <= rounds; version++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
            var values = Enumerable.Range(version * 1_000, Clients).ToList();
            var answers = await Task.WhenAll(values.Select(value => WriteCall.Put(1, Code, value, ifMatch: tag).SendAsync(scrip.Client)));
            Assert.Equal(Clients - 1, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
            var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.Equal(version + 1, winner.Version);
            var stored = (await Stored.ReadAsync(scrip.Client))[1];
            Assert.Equal((version + 1L, (long)values[Array.IndexOf(answers, winner)]), (stored.Version, stored.Value));
        }
    }

    [Fact]
    public async Task No_step_is_lost_when_all_count_up_the_same_value()
    {
        const int stepsOfEach = 2;
        using var storage = new TestStorage();
        await using var scrip = await ScripProcess.ServeAsync(storage.Setting);
        await WriteCall.BulkCreate([Code], value: 0).SendAsync(scrip.Client);
        var certificates = new ScripClient(scrip.Client).Certificates;

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (var steps = 0; steps < stepsOfEach;)
            {
                var (seen, tag) = await certificates.GetAsync(1, CancellationToken.None);
                try
                {
                    await certificates.UpdateAsync(
                        1, new CertificateChangeRequest(Code, Value: seen.Value + 1), ifMatch: tag, idempotencyKey: null, CancellationToken.None);
                    steps++;
                }
                catch (ScripProblemException changed) when (changed.Problem.Status == (int)HttpStatusCode.PreconditionFailed)
                {
                    // Another client was faster: read again.
                }
            }
        })));

        Assert.Equal(Clients * stepsOfEach, (await Stored.ReadAsync(scrip.Client))[1].Value);
    }
}
