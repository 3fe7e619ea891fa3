using System.Globalization;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Tests.Simulation;

/// <summary>
/// One random programme, wave after wave: what is sent at the same moment, what breaks meanwhile, what time it is. After each wave every
/// answer is compared with the model's; after each crash, and at the end, all that is stored, which must follow from its journal, too.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const int Waves = 30;
    private const int MostAtOnce = 6;
    private static readonly TimeSpan Wrong = TimeSpan.FromDays(60);

    private readonly SimulationWorld world;
    private readonly Random random;
    private readonly long siteId;
    private readonly Witness witness = new();
    private readonly SequentialModel model = new();
    private readonly Programme programme;
    private readonly List<SimulatedServer> servers = [];
    private readonly List<(string Key, Operation Operation)> sent = [];
    private readonly List<(string Key, Operation Operation)> open = [];
    private readonly List<string> log = [];
    private int traces;

    private Simulation(SimulationWorld world, int seed)
    {
        this.world = world;
        random = new Random(seed);
        siteId = world.NewSite();
        programme = new Programme(random, model);
        var settings = new PipelineSettings(MaxGroupItems: random.Next(1, 12));
        for (var at = 0; at < world.Servers; at++)
            servers.Add(new SimulatedServer($"server {at + 1}", world, witness, settings));
        if (servers is [var first, var second])
            (first.Rival, second.Rival) = (second, first);
    }

    /// <summary>What was seen, so that a test can tell whether enough was.</summary>
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
        await SendAsync([.. open.Select(call => Attempt(call.Key, call.Operation))]);
        Assert.Empty(open);
        await CompareStoredAsync();
        await SendAsync([.. sent.Select(call => Attempt(call.Key, call.Operation))]);
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

    /// <summary>A report while the clock is wrong, and nothing else: it leaves nothing behind.</summary>
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
            server.Faults.Plan(fault, after: random.Next(0, 3), times: random.Next(1, 4));
            log.Add($"-- {server} at {AnswerText.Instant(server.Clock.Now)} with {fault}");
        }
    }

    private IEnumerable<Attempt> NewAttempts(SimulatedServer server) =>
        Enumerable.Range(0, random.Next(1, MostAtOnce + 1)).Select(_ => NewAttempt(server));

    private Attempt NewAttempt(SimulatedServer server)
    {
        var now = server.Clock.Now;
        switch (random.Next(10))
        {
            case < 3 when open.Count > 0:
                var (openKey, openOperation) = open[random.Next(open.Count)];
                return Attempt(openKey, openOperation, server);
            case < 4 when sent.Count > 0:
                var (key, operation) = sent[random.Next(sent.Count)];
                return Attempt(key, random.Next(3) == 0 ? programme.OtherThan(operation, now) : operation, server);
            default:
                var call = (Key: string.Create(CultureInfo.InvariantCulture, $"key-{sent.Count + 1}"), Operation: programme.Next(now));
                sent.Add(call);
                open.Add(call);
                return Attempt(call.Key, call.Operation, server);
        }
    }

    private Attempt Attempt(string key, Operation operation, SimulatedServer? server = null) => new(
        operation, key, string.Create(CultureInfo.InvariantCulture, $"trace-{++traces}"), server ?? servers[random.Next(servers.Count)]);

    private async Task SendAsync(IReadOnlyList<Attempt> attempts)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = servers
            .Select(server => server.SendAsync([.. attempts.Where(attempt => attempt.Server == server)], siteId, go.Task))
            .ToList();
        go.SetResult();
        await Task.WhenAll(sending);
        log.AddRange(attempts.Select(attempt => attempt.ToString()));
        foreach (var transaction in witness.Take().Where(transaction => transaction.WasStored != false))
        {
            model.Expire(transaction.Now);
            foreach (var attempt in transaction.Attempts)
            {
                attempt.Expected = model.Run(attempt.Operation, attempt.Key, attempt.Trace, transaction.Now);
                attempt.WasStored |= transaction.WasStored == true;
            }
        }
        foreach (var attempt in attempts)
            Check(attempt);
        foreach (var struck in servers.SelectMany(server => server.Faults.Struck))
            Seen.Add(struck.ToString());
    }

    private void Check(Attempt attempt)
    {
        if (attempt.Answer is { } answer)
        {
            Seen.Add(answer.Split(' ')[0]);
            var told = new Reply(answer, attempt.IsReplay, attempt.AnsweredTrace);
            if (attempt.Expected is not { } expected)
                throw new InvalidOperationException($"{attempt}, where nothing was decided that took effect.");
            if (told != expected)
                throw new InvalidOperationException($"{attempt}, where the model says {expected}.");
            open.RemoveAll(call => call.Key == attempt.Key && call.Operation.ToString() == attempt.Operation.ToString());
            return;
        }
        if (attempt.Fault is not StorageException fault)
            throw new InvalidOperationException($"{attempt} ended with a defect: {attempt.Fault}");
        if (attempt.Server.Faults.Struck.Count == 0)
            throw new InvalidOperationException($"{attempt} failed although nothing was broken: {fault}");
        // A dead process tells nobody anything.
        if (fault.Fault != StorageFault.OutcomeUnknown && attempt.WasStored && !attempt.Server.Faults.HasCrashed)
            throw new InvalidOperationException($"{attempt} was stored, and its caller was told {fault.Fault}.");
    }

    private async Task RestartBrokenAsync()
    {
        // After a cut connection the driver shuns the host for a second: to start again is quicker than to wait.
        foreach (var server in servers.Where(server => server.Faults.HasCrashed || server.Faults.Struck.Contains(Fault.ConnectionCut)))
        {
            server.Restart();
            log.Add($"-- {server} starts again");
            await CompareStoredAsync();
        }
    }

    private async Task CompareStoredAsync()
    {
        var stored = await AnswerText.StoredAsync(servers[0].Store, siteId);
        var expected = model.Stored;
        for (var at = 0; at < Math.Max(stored.Count, expected.Count); at++)
        {
            var (found, wanted) = (stored.ElementAtOrDefault(at), expected.ElementAtOrDefault(at));
            if (found != wanted)
                throw new InvalidOperationException($"Stored is <{found}> where the model has <{wanted}>");
        }
        await LedgerVerification.ProveAsync(servers[0].Store, siteId, Refuse, CancellationToken.None);

        static void Refuse(string difference) => throw new InvalidOperationException($"The proof says: {difference}");
    }
}

/// <summary>What was stored or answered is not what the model says; with the seed and the whole programme.</summary>
internal sealed class SimulationException(string message, Exception difference) : Exception(message, difference);
