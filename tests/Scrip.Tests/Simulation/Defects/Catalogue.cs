using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>
/// The planted defects, each of which has been shipped by somebody. They only exist here; none has a counterpart in the product.
/// </summary>
internal static class Catalogue
{
    public const string LeftOpenName = "what a failed group wrote is committed with the next one";

    /// <summary>Defects that a single server shows.</summary>
    public static IReadOnlyDictionary<string, Func<Defect>> OfOneServer { get; } = new Dictionary<string, Func<Defect>>
    {
        ["a key is stored after the commit"] = () => new KeyAfterCommit(),
        ["a refusal is not remembered"] = () => new RefusalForgotten(),
        ["a retry is carried out again after an unknown commit"] = () => new CarriedOutAgain(),
        ["a refusal is answered on a presumption"] = () => new RefusalPresumed(),
        ["an unknown commit is taken for done"] = () => new TakenForDone(),
        [LeftOpenName] = () => new LeftOpen(),
        ["the journal is written after the commit"] = () => new JournalAfterCommit(),
        ["an entry is lost"] = () => new Rewriting(EntryLost),
        ["an id is given twice"] = () => new Rewriting(IdGivenTwice),
        ["a refund is bounded by the captured amount alone"] = () => new Rewriting(RefundForgotten),
        ["a capture does not reduce what is held"] = () => new Rewriting(HeldForgotten),
        ["a hold that is released does not end"] = () => new Rewriting(HoldNotEnded),
        ["what a hold held comes back twice when it runs out"] = () => new Rewriting(ExpiredTwice),
        ["a batch lacks its last certificate"] = () => new Rewriting(BatchCutShort),
    };

    /// <summary>Defects that show when two servers share a database.</summary>
    public static IReadOnlyDictionary<string, Func<Defect>> OfTwoServers { get; } = new Dictionary<string, Func<Defect>>
    {
        ["the lock is left out"] = () => new LockLeftOut(),
        ["balances are checked before the lock"] = () => new CheckBeforeLock(),
    };

    private static Decided EntryLost(Decided decided) =>
        decided.Entries.Count > 1 ? decided with { Entries = [.. decided.Entries.Skip(1)] } : decided;

    private static Decided BatchCutShort(Decided decided) => decided with
    {
        NewBatches = [.. decided.NewBatches.Select(made => made with { Certificates = Math.Max(1, made.Certificates - 1) })],
    };

    private static Decided IdGivenTwice(Decided decided) => decided with
    {
        NewRedemptions = [.. decided.NewRedemptions.Select(made => made with { Id = Math.Max(1, made.Id - 1) })],
    };

    private static Decided RefundForgotten(Decided decided) => decided with
    {
        UpdatedRedemptions =
        [
            .. decided.UpdatedRedemptions.Select(pair => (pair.Before, pair.After with { Refunded = pair.Before.Refunded })),
        ],
    };

    /// <summary>Forgets a hold as far as the schema allows: held and spent together stay within the face value.</summary>
    private static Decided HeldForgotten(Decided decided) => decided.WithCertificates(certificate => certificate with
    {
        Held = Math.Min(
            certificate.Held + decided.UpdatedRedemptions.Where(pair => pair.After.CertificateId == certificate.Id)
                .Sum(pair => pair.After.Captured - pair.Before.Captured),
            certificate.FaceValue - certificate.Spent),
    });

    private static Decided HoldNotEnded(Decided decided) => decided with
    {
        UpdatedRedemptions =
        [
            .. decided.UpdatedRedemptions.Select(pair => pair.After.State == RedemptionState.Released
                ? (pair.Before, pair.After with { State = RedemptionState.Held })
                : pair),
        ],
    };

    /// <summary>Expires a hold twice as far as the schema allows: not below zero.</summary>
    private static Decided ExpiredTwice(Decided decided) => decided.WithCertificates(certificate => certificate with
    {
        Held = Math.Max(0, certificate.Held - AmountExpired(decided, certificate)),
    });

    private static long AmountExpired(Decided decided, Certificate certificate) => decided.Entries
        .Where(entry => entry.Kind == EntryKind.HoldExpired && entry.CertificateId == certificate.Id)
        .Sum(entry => entry.Amount);

    /// <summary>Every transaction writes something other than what was decided.</summary>
    private sealed class Rewriting(Func<Decided, Decided> rewrite) : Defect
    {
        public override void Write(Decided decided, Writing writing) => writing.Commit(rewrite(decided));
    }

    /// <summary>Payments lock nothing between reading and writing.</summary>
    private class LockLeftOut : Defect
    {
        public override bool LetsGo => true;

        public override bool Concerns(GroupLookup lookup) => lookup.Codes.Count == 0;
    }

    /// <summary>Payments take their ids under the lock, but their balances from before it.</summary>
    private sealed class CheckBeforeLock : LockLeftOut
    {
        public override void Write(Decided decided, Writing writing) =>
            writing.Commit(decided, (changes, actual) => changes.Renumbered(writing.Before, actual));
    }

    private sealed class KeyAfterCommit : Defect
    {
        public override void Write(Decided decided, Writing writing)
        {
            writing.Commit(decided with { Records = [] });
            writing.Commit(new Decided { Records = decided.Records });
        }
    }

    private sealed class JournalAfterCommit : Defect
    {
        public override void Write(Decided decided, Writing writing)
        {
            writing.Commit(decided with { Entries = [] });
            writing.Commit(new Decided { Entries = decided.Entries });
        }
    }

    /// <summary>A group that fails leaves its transaction open on the writer's connection, where the next group commits it.</summary>
    private sealed class LeftOpen : Defect
    {
        private Decided? left;

        public override void Write(Decided decided, Writing writing)
        {
            if (left is { } open)
            {
                left = null;
                writing.Commit(open);
            }
            try
            {
                writing.Commit(decided, (changes, actual) => changes.Renumbered(writing.Before, actual));
            }
            catch (StorageException fault) when (fault.Fault != StorageFault.OutcomeUnknown)
            {
                left = decided;
                throw;
            }
        }
    }

    /// <summary>Does not commit what changes nothing, so a refusal is forgotten.</summary>
    private sealed class RefusalForgotten : Defect
    {
        public override void Write(Decided decided, Writing writing)
        {
            if (!decided.HasOnlyRecords)
                writing.Commit(decided);
        }
    }

    private sealed class TakenForDone : Defect
    {
        public override void Write(Decided decided, Writing writing)
        {
            try
            {
                writing.Commit(decided);
            }
            catch (StorageException fault) when (fault.Fault == StorageFault.OutcomeUnknown)
            {
                // This is the defect.
            }
        }
    }

    /// <summary>Does not look for the keys after an unknown commit.</summary>
    private sealed class CarriedOutAgain : Defect
    {
        private bool isUnknown;

        public override GroupLookup Load(GroupLookup lookup)
        {
            if (!isUnknown || lookup.HasPresumed)
                return lookup;
            isUnknown = false;
            return WithoutKeys(lookup);
        }

        public override void Write(Decided decided, Writing writing)
        {
            try
            {
                writing.Commit(decided);
            }
            catch (StorageException fault) when (fault.Fault == StorageFault.OutcomeUnknown)
            {
                isUnknown = true;
                throw;
            }
        }
    }

    /// <summary>
    /// Writes are verified by the unique keys, and looked up if these refuse them. Refusals are presumed new without any check.
    /// </summary>
    private sealed class RefusalPresumed : Defect
    {
        private bool isRefused;

        public override GroupLookup Load(GroupLookup lookup)
        {
            if (isRefused || lookup.HasPresumed)
            {
                isRefused = false;
                return lookup;
            }
            return WithoutKeys(lookup, presumesNew: true);
        }

        public override void Write(Decided decided, Writing writing)
        {
            try
            {
                (writing with { PresumesNew = true }).Commit(decided);
            }
            catch (StorageException fault) when (fault.Fault == StorageFault.Interrupted)
            {
                isRefused = true;
                throw;
            }
        }
    }

    private static GroupLookup WithoutKeys(GroupLookup lookup, bool presumesNew = false)
    {
        var rest = new Footprint();
        foreach (var id in lookup.Footprint.CertificateIds)
            rest.AddCertificate(id);
        rest.AddNewCodes([.. lookup.Codes.Select(code => new NewCertificate(code, IsActive: true, FaceValue: 0))]);
        foreach (var id in lookup.Footprint.RedemptionIds)
            rest.AddRedemption(id);
        foreach (var (id, reference) in lookup.PaymentsById)
            rest.AddPayment(id, reference);
        foreach (var (code, reference) in lookup.PaymentsByCode)
            rest.AddPayment(CertificateCode.FromStored(code), reference);
        return new GroupLookup(rest, presumesNew);
    }
}
