using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Simulation.Defects;
using Scrip.Tests.Support;

namespace Scrip.Tests.Simulation;

/// <summary>The real pipeline on a real database, with planned faults and optionally with a defect.</summary>
internal sealed class SimulatedServer : IDisposable
{
    private readonly string name;
    private readonly SimulationWorld world;
    private readonly Witness witness;
    private readonly PipelineSettings settings;
    private readonly SemaphoreSlim begun = new(0);
    private WritePipeline pipeline = null!;
    private WitnessedStore witnessed = null!;

    public SimulatedServer(string name, SimulationWorld world, Witness witness, PipelineSettings settings)
    {
        this.name = name;
        this.world = world;
        this.witness = witness;
        this.settings = settings;
        Start();
    }

    public SimulatedClock Clock { get; } = new(Instants.Start);
    public FaultyStore Faults { get; private set; } = null!;

    /// <summary>The store itself, for reading.</summary>
    public IStore Store { get; private set; } = null!;

    /// <summary>The server for which a transaction of this server waits briefly while it holds its locks; null for none.</summary>
    public SimulatedServer? Rival { get; set; }

    public override string ToString() => name;

    /// <summary>Sends all attempts so that they are taken together, as far as the pipeline does so.</summary>
    public async Task SendAsync(IReadOnlyList<Attempt> attempts, Task go)
    {
        var held = pipeline.ProbeAsync();
        var answers = attempts.Select(SendAsync).ToList();
        await go;
        witnessed.LetGo();
        await held;
        await Task.WhenAll(answers);
    }

    /// <summary>Does what a report does before it reads.</summary>
    public Task FinishBegunAsync() => pipeline.FinishBegunAsync(Site.DefaultId);

    /// <summary>Starts a new process on the same data.</summary>
    public void Restart()
    {
        Stop();
        Start();
    }

    public void Dispose()
    {
        Stop();
        begun.Dispose();
    }

    private void Start()
    {
        Store = world.Open(name);
        Faults = new FaultyStore(Store, world.CutConnectionOf(name));
        var defect = world.Defect?.Invoke();
        var store = defect is null ? (ILedgerWriter)Faults : new DefectiveStore(Faults, defect);
        witnessed = new WitnessedStore(store, Faults, defect, witness, MeetRival, onBegun: () => begun.Release());
        pipeline = new WritePipeline(witnessed, Clock, settings);
    }

    private void Stop()
    {
        pipeline.Dispose();
        witnessed.Dispose();
        Store.Dispose();
    }

    private async Task SendAsync(Attempt attempt)
    {
        var command = attempt.Operation.ToCommand(attempt.Site.Id, IdentityOf(attempt));
        var observed = new ObservedCommand(
            command, footprint => witnessed.NoteTaken(footprint, attempt), applied => witnessed.NoteApplied(attempt, applied))
        {
            Origin = new(attempt.Site.Id, Operation.Actor, command.Identity),
        };
        try
        {
            attempt.Tell(await pipeline.ExecuteAsync(observed, CancellationToken.None));
        }
#pragma warning disable CA1031 // What it was, and whether it may be, is looked at when all have come back.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            attempt.Fault = fault;
        }
    }

    private static RequestIdentity? IdentityOf(Attempt attempt)
    {
        if (attempt.Key is null)
            return null;
        Assert.True(IdempotencyKey.TryParse(attempt.Key, out var key));
        return new RequestIdentity(key, attempt.Operation.Fingerprint, attempt.Trace);
    }

    /// <summary>
    /// Gives a rival time to begin while this server holds its locks: if it can, the locks do not keep it out. If the locks work, the wait
    /// times out.
    /// </summary>
    private void MeetRival() => Rival?.begun.Wait(SimulationWorld.TimeForRival);
}
