namespace Scrip.Tests.Simulation;

/// <summary>
/// A site of a programme, with its own model. Sites share codes, references, ids and even idempotency keys, so that anything that leaks
/// between them is noticed.
/// </summary>
internal sealed class SimulatedSite
{
    public SimulatedSite(long id, Random random)
    {
        Id = id;
        Programme = new Programme(random, Model);
    }

    public long Id { get; }
    public SequentialModel Model { get; } = new();
    public Programme Programme { get; }

    /// <summary>All calls with a key.</summary>
    public List<(string Key, Operation Operation)> Sent { get; } = [];

    /// <summary>The calls that have no response yet.</summary>
    public List<(string Key, Operation Operation)> Open { get; } = [];
}
