using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>Defects of a commit that several sites share.</summary>
internal static class OfSharedCommits
{
    public static IReadOnlyDictionary<string, Func<Defect>> All { get; } = new Dictionary<string, Func<Defect>>
    {
        ["a site that is refused is committed with the others, without the rows that were refused"] = () => new RefusedRowsLeftOut(),
        ["a site that is refused is left out, and its callers are told that it was stored"] = () => new RefusedSiteLeftOut(),
        ["callers are told before the shared commit"] = () => new ToldBeforeCommit(),
        ["an unknown shared commit is taken for a failed one"] = () => new UnknownTakenForFailed(),
        ["each site is committed by itself, and a failure runs all again"] = () => new OneByOne(),
        ["nothing is committed where the first site has nothing to write"] = () => new FirstSpeaksForAll(),
        ["only the site that began the transaction is written"] = () => new OnlyFirstWritten(),
        ["the holds of a site that joins do not end first"] = () => new HoldsLeftOpen(),
        ["a site that joins takes its ids from the one before it"] = () => new IdsOfNeighbour(),
    };

    /// <summary>The detour without a fault, which changes nothing.</summary>
    internal class Sharing : Defect
    {
        public override bool SharesCommits => true;
    }

    private sealed class RefusedRowsLeftOut : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts)
        {
            try
            {
                Writing.CommitTogether(parts);
            }
            catch (StorageException refused) when (refused.Fault == StorageFault.Interrupted)
            {
                // If keys are looked up, records that exist are not written again; the rest of the site's rows are.
                Writing.CommitTogether([.. parts.Select(part => part with { Writing = part.Writing with { PresumesNew = false } })]);
            }
        }
    }

    private sealed class RefusedSiteLeftOut : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts)
        {
            try
            {
                Writing.CommitTogether(parts);
            }
            catch (StorageException refused) when (refused.Fault == StorageFault.Interrupted)
            {
                foreach (var part in parts)
                    CommitUnlessRefused(part);
            }
        }

        private static void CommitUnlessRefused(Part part)
        {
            try
            {
                part.Writing.Commit(part.Decided);
            }
            catch (StorageException refused) when (refused.Fault == StorageFault.Interrupted)
            {
                // This is the defect.
            }
        }
    }

    private sealed class ToldBeforeCommit : Sharing
    {
        public override bool TellsBeforeCommit => true;
    }

    /// <summary>Runs all sites again, each on its own: a command with a key finds its record, and one without happens twice.</summary>
    private sealed class UnknownTakenForFailed : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts)
        {
            try
            {
                Writing.CommitTogether(parts);
            }
            catch (StorageException unknown) when (unknown.Fault == StorageFault.OutcomeUnknown)
            {
                throw new StorageException(StorageFault.Unavailable, "A shared commit failed.", unknown);
            }
        }
    }

    private sealed class OneByOne : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts)
        {
            foreach (var part in parts)
                part.Writing.Commit(part.Decided);
        }
    }

    private sealed class FirstSpeaksForAll : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts)
        {
            if (!parts[0].Decided.IsEmpty)
                Writing.CommitTogether(parts);
        }
    }

    private sealed class OnlyFirstWritten : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts) => parts[0].Writing.Commit(parts[0].Decided);
    }

    private sealed class HoldsLeftOpen : Sharing
    {
        public override DateTimeOffset NowWhereJoined(DateTimeOffset now) => DateTimeOffset.UnixEpoch;
    }

    private sealed class IdsOfNeighbour : Sharing
    {
        public override void Write(IReadOnlyList<Part> parts) => Writing.CommitTogether(
            [parts[0], .. parts.Skip(1).Select((part, before) =>
                part with { Decided = part.Decided.Renumbered(part.Writing.Before, parts[before].Writing.Before) })]);
    }
}
