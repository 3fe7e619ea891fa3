using Scrip.Ledger;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>
/// Something that is wrong with a server on purpose, to show that the simulation finds it. As it stands here it does everything the long
/// way round and nothing wrong, which shows that it is the defect that is found and not the way round.
/// </summary>
internal class Defect
{
    /// <summary>The locks are let go as soon as everything is loaded.</summary>
    public virtual bool LetsGo => false;

    /// <summary>Whether a group that needs this goes the way of the defect.</summary>
    public virtual bool Concerns(Footprint footprint) => true;

    /// <summary>What is loaded for a group that needs this.</summary>
    public virtual Footprint Load(Footprint footprint) => footprint;

    /// <summary>Writes what the group was decided to do.</summary>
    public virtual void Write(Decided decided, Writing writing) => writing.Commit(decided);
}
