using System.Globalization;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Tests.Simulation;

/// <summary>
/// One random programme in waves: what is sent at the same moment, what breaks during that, and the time. After each wave every response is
/// compared with the model's. After each crash, and at the end, everything stored is compared too, and must follow from its journal.
/// </summary>
internal sealed class Simulation : IDisposable
{
    /// <summary>Noted when several sites were stored by one commit.</summary>
    public const string SharedCommit = "a shared commit";

    private const int Waves = 30;
    private const int MostSites = 3;

    /// <summary>The most attempts to each server at once, over all sites.</summary>
    private const int MostAtOnce = 9;
    private static readonly TimeSpan Wrong = TimeSpan.FromDays(60);

    private readonly SimulationWorld world;
    private readonly Random random;
    private readonly Witness witness = new();
    private readonly IReadOnlyList<SimulatedSite> sites;
    private readonly List<SimulatedServer> servers = [];
    private readonly List<string> log = [];
    private int traces;

    private Simulation(SimulationWorld world, int seed)
    {
        this.world = world;
        random = new Random(seed);
        sites = [.. Enumerable.Range(1, random.Next(1, MostSites + 1)).Select(_ => new SimulatedSite(world.NewSite(), random))];
        var settings = new PipelineSettings(MaxGroupItems: random.Next(1, 12));
        for (var at = 0; at < world.Servers; at++)
            servers.Add(new SimulatedServer($"server {at + 1}", world, witness, settings));
        if (servers is [var first, var second])
            (first.Rival, second.Rival) = (second, first);
    }

    /// <summary>What has occurred, so that a test can tell whether that was enough.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <exception cref="SimulationException">Something differed from the model.</exception>
    public static async Task<IReadOnlySet<string>> RunAsync(SimulationWorld world, int seed)
    {
        using var simulation = new Simulation(world, seed);
        try
        {
            await simulation.RunAsync();
        }
        catch (Exception difference) when (difference is not SimulationException)
        {
            var what = $"Seed {seed}: {difference.Message}\n{string.Join('\n', simulation.log)}";
            throw new SimulationException(what, difference);
        }
        return simulation.Seen;
    }

    public void Dispose()
    {
        foreach (var server in servers)
            server.Dispose();
    }

    private async Task RunAsync()
    {
        for (var wave = 0; wave < Waves; wave++)
        {
            await MoveClocksAsync();
            PlanFaults();
            await SendAsync([.. servers.SelectMany(NewAttempts)]);
            await RestartBrokenAsync();
        }
        foreach (var server in servers)
            server.Faults.Plan(Fault.None, 0, 0);
        await SendAsync([.. sites.SelectMany(site => site.Open.Select(call => Attempt(site, call.Key, call.Operation)))]);
        Assert.All(sites, site => Assert.Empty(site.Open));
        await CompareStoredAsync();
        await SendAsync([.. sites.SelectMany(site => site.Sent.Select(call => Attempt(site, call.Key, call.Operation)))]);
        await CompareStoredAsync();
    }

    private async Task MoveClocksAsync()
    {
        var step = random.Next(12) switch
        {
            0 => TimeSpan.FromDays(8),
            1 => TimeSpan.FromHours(-3),
            2 => TimeSpan.Zero,
            3 => Wrong * (random.Next(2) == 0 ? 1 : -1),
            < 6 => TimeSpan.FromHours(random.Next(1, 6)),
            _ => TimeSpan.FromSeconds(random.Next(1, 600)),
        };
        log.Add($"-- clocks {step:c}");
        foreach (var server in servers)
            server.Clock.Now += step + TimeSpan.FromMicroseconds(random.Next(-5_000_000, 5_000_000));
        if (random.Next(4) == 0)
            await ReportWhileWrongAsync(servers[random.Next(servers.Count)]);
    }

    /// <summary>Reports while the clock is wrong and nothing else happens, which leaves nothing behind.</summary>
    private async Task ReportWhileWrongAsync(SimulatedServer server)
    {
        var now = server.Clock.Now;
        server.Clock.Now += Wrong;
        await server.FinishBegunAsync();
        server.Clock.Now = now;
        log.Add($"-- {server} has made a report while its clock was ahead");
    }

    private void PlanFaults()
    {
        foreach (var server in servers)
        {
            var fault = random.Next(2) == 0 ? Fault.None : (Fault)random.Next(1, (int)Fault.CrashAfter + 1);
            server.Faults.Plan(fault, after: Math.Max(0, random.Next(-2, 3)), times: random.Next(1, 4));
            log.Add($"-- {server} at {AnswerText.Instant(server.Clock.Now)} with {fault}");
        }
    }

    private IEnumerable<Attempt> NewAttempts(SimulatedServer server) =>
        Enumerable.Range(0, random.Next(1, MostAtOnce + 1)).Select(_ => NewAttempt(sites[random.Next(sites.Count)], server));

    private Attempt NewAttempt(SimulatedSite site, SimulatedServer server)
    {
        var now = server.Clock.Now;
        switch (random.Next(10))
        {
            case < 3 when site.Open.Count > 0:
                var (openKey, openOperation) = site.Open[random.Next(site.Open.Count)];
                return Attempt(site, openKey, openOperation, server);
            case < 4 when site.Sent.Count > 0:
                var (key, operation) = site.Sent[random.Next(site.Sent.Count)];
                return Attempt(site, key, random.Next(3) == 0 ? site.Programme.OtherThan(operation, now) : operation, server);
            case < 6:
                return Attempt(site, key: null, site.Programme.Next(now), server);
            default:
                var call = (
                    Key: string.Create(CultureInfo.InvariantCulture, $"key-{site.Sent.Count + 1}"), Operation: site.Programme.Next(now));
                site.Sent.Add(call);
                site.Open.Add(call);
                return Attempt(site, call.Key, call.Operation, server);
        }
    }

    private Attempt Attempt(SimulatedSite site, string? key, Operation operation, SimulatedServer? server = null) => new(
        site, operation, key, string.Create(CultureInfo.InvariantCulture, $"trace-{++traces}"), server ?? servers[random.Next(servers.Count)]);

    private async Task SendAsync(IReadOnlyList<Attempt> attempts)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = servers
            .Select(server => server.SendAsync([.. attempts.Where(attempt => attempt.Server == server)], go.Task))
            .ToList();
        go.SetResult();
        await Task.WhenAll(sending);
        log.AddRange(attempts.Select(attempt => attempt.ToString()));
        foreach (var decisions in witness.Take().Where(decisions => decisions.WasStored != false))
        {
            if (decisions is { IsJoined: true, WasStored: true })
                Seen.Add(SharedCommit);
            decisions.Site.Model.Expire(decisions.Now);
            foreach (var attempt in decisions.Attempts)
            {
                attempt.Expected = decisions.Site.Model.Run(attempt.Operation, attempt.Key, attempt.Trace, decisions.Now);
                attempt.TimesStored += decisions.WasStored == true ? 1 : 0;
            }
        }
        foreach (var attempt in attempts)
            Check(attempt);
        foreach (var struck in servers.SelectMany(server => server.Faults.Struck))
            Seen.Add(struck.ToString());
    }

    private void Check(Attempt attempt)
    {
        if (attempt.Key is null && attempt.TimesStored > 1)
            throw new InvalidOperationException($"{attempt} was carried out {attempt.TimesStored} times without a key.");
        if (attempt.Answer is { } answer)
        {
            Seen.Add(answer.Split(' ')[0]);
            var told = new Reply(answer, attempt.IsReplay, attempt.AnsweredTrace);
            if (attempt.Expected is not { } expected)
                throw new InvalidOperationException($"{attempt}, where nothing was decided that took effect.");
            if (told != expected)
                throw new InvalidOperationException($"{attempt}, where the model says {expected}.");
            attempt.Site.Open.RemoveAll(call => call.Key == attempt.Key && call.Operation.ToString() == attempt.Operation.ToString());
            return;
        }
        if (attempt.Fault is not StorageException fault)
            throw new InvalidOperationException($"{attempt} ended with a defect: {attempt.Fault}");
        if (attempt.Server.Faults.Struck.Count == 0)
            throw new InvalidOperationException($"{attempt} failed although nothing was broken: {fault}");
        // A dead process sends no responses.
        if (fault.Fault != StorageFault.OutcomeUnknown && attempt.TimesStored > 0 && !attempt.Server.Faults.HasCrashed)
            throw new InvalidOperationException($"{attempt} was stored, and its caller was told {fault.Fault}.");
    }

    private async Task RestartBrokenAsync()
    {
        // After a cut connection the driver avoids the host for a second, so a restart is quicker than waiting.
        foreach (var server in servers.Where(server => server.Faults.HasCrashed || server.Faults.Struck.Contains(Fault.ConnectionCut)))
        {
            server.Restart();
            log.Add($"-- {server} starts again");
            await CompareStoredAsync();
        }
    }

    private async Task CompareStoredAsync()
    {
        foreach (var site in sites)
            await CompareStoredAsync(site);
    }

    private async Task CompareStoredAsync(SimulatedSite site)
    {
        var stored = await AnswerText.StoredAsync(servers[0].Store, site.Id);
        var expected = site.Model.Stored;
        for (var at = 0; at < Math.Max(stored.Count, expected.Count); at++)
        {
            var (found, wanted) = (stored.ElementAtOrDefault(at), expected.ElementAtOrDefault(at));
            if (found != wanted)
                throw new InvalidOperationException($"Stored of site {site.Id} is <{found}> where the model has <{wanted}>");
        }
        await LedgerVerification.ProveAsync(servers[0].Store, site.Id, Operation.Currency, Refuse, CancellationToken.None);

        static void Refuse(string difference) => throw new InvalidOperationException($"The proof says: {difference}");
    }
}

/// <summary>Something stored or returned differs from the model. The message has the seed and the whole programme.</summary>
internal sealed class SimulationException(string message, Exception difference) : Exception(message, difference);
