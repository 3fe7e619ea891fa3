namespace Scrip.Tests.Simulation;

/// <summary>
/// A site of a programme, with its own model. Sites have codes, references, ids and even idempotency keys in common, so that whatever
/// leaks from one into another shows.
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

    /// <summary>Every call with a key.</summary>
    public List<(string Key, Operation Operation)> Sent { get; } = [];

    /// <summary>Those that have no answer yet.</summary>
    public List<(string Key, Operation Operation)> Open { get; } = [];
}
