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

    /// <summary>Whether sites share commits, where the store lets them.</summary>
    public virtual bool SharesCommits => false;

    /// <summary>Callers of a site that has joined another's transaction are told what was decided, before its commit.</summary>
    public virtual bool TellsBeforeCommit => false;

    /// <summary>Whether a group that needs this goes the way of the defect.</summary>
    public virtual bool Concerns(Footprint footprint) => true;

    /// <summary>What is loaded for a group that needs this.</summary>
    public virtual Footprint Load(Footprint footprint) => footprint;

    /// <summary>Until when the holds of a site that joins are taken for over.</summary>
    public virtual DateTimeOffset NowWhereJoined(DateTimeOffset now) => now;

    /// <summary>Writes what the group was decided to do.</summary>
    public virtual void Write(Decided decided, Writing writing) => writing.Commit(decided);

    /// <summary>Writes what the groups of several sites were decided to do.</summary>
    public virtual void Write(IReadOnlyList<Part> parts) => Writing.CommitTogether(parts);
}
