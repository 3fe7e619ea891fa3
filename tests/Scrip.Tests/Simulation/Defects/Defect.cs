using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>Something that is wrong with a server on purpose, to show that the simulation finds it.</summary>
internal abstract class Defect
{
    /// <summary>The server's store, with the defect in it.</summary>
    public abstract ILedgerWriter In(ILedgerWriter store);
}
