using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>
/// A deliberate fault of a server, which shows that the simulation finds it. This base class takes the same detour without a fault, which
/// shows that the simulation finds the defect and not the detour.
/// </summary>
internal class Defect
{
    /// <summary>Whether the locks are released as soon as everything is loaded.</summary>
    public virtual bool LetsGo => false;

    /// <summary>Whether sites share commits, if the store allows it.</summary>
    public virtual bool SharesCommits => false;

    /// <summary>Whether callers of a site that has joined another's transaction get the decision before its commit.</summary>
    public virtual bool TellsBeforeCommit => false;

    /// <summary>Whether a group with this lookup is affected by the defect.</summary>
    public virtual bool Concerns(GroupLookup lookup) => true;

    /// <summary>What is loaded for a group with this lookup.</summary>
    public virtual GroupLookup Load(GroupLookup lookup) => lookup;

    /// <summary>The instant up to which the holds of a joining site count as run out.</summary>
    public virtual DateTimeOffset NowWhereJoined(DateTimeOffset now) => now;

    /// <summary>Writes what the group was decided to do.</summary>
    public virtual void Write(Decided decided, Writing writing) => writing.Commit(decided);

    /// <summary>Writes what the groups of several sites were decided to do.</summary>
    public virtual void Write(IReadOnlyList<Part> parts) => Writing.CommitTogether(parts);
}
