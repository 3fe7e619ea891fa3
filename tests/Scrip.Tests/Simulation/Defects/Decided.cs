using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>Everything that a group was decided to write.</summary>
internal sealed record Decided
{
    public IReadOnlyList<Certificate> Created { get; init; } = [];
    public IReadOnlyList<(Certificate Before, Certificate After)> Updated { get; init; } = [];
    public IReadOnlyList<Redemption> NewRedemptions { get; init; } = [];
    public IReadOnlyList<(Redemption Before, Redemption After)> UpdatedRedemptions { get; init; } = [];
    public IReadOnlyList<Batch> NewBatches { get; init; } = [];
    public IReadOnlyList<(Batch Before, Batch After)> UpdatedBatches { get; init; } = [];
    public IReadOnlyList<Entry> Entries { get; init; } = [];
    public IReadOnlyList<IdempotencyRecord> Records { get; init; } = [];

    public bool HasOnlyRecords =>
        Created.Count + Updated.Count + NewRedemptions.Count + UpdatedRedemptions.Count + NewBatches.Count + UpdatedBatches.Count + Entries.Count == 0;

    public bool IsEmpty => HasOnlyRecords && Records.Count == 0;

    public static Decided In(LedgerState state) => new()
    {
        Created = [.. state.Created],
        Updated = state.Updated,
        NewRedemptions = [.. state.CreatedRedemptions],
        UpdatedRedemptions = state.UpdatedRedemptions,
        NewBatches = [.. state.CreatedBatches],
        UpdatedBatches = state.UpdatedBatches,
        Entries = state.Entries,
        Records = [.. state.NewRecords],
    };

    /// <summary>What a transaction must load to write it.</summary>
    public GroupLookup ToLookup(bool presumesNew)
    {
        var footprint = new Footprint();
        foreach (var (before, _) in Updated)
            footprint.AddCertificate(before.Id);
        foreach (var (before, _) in UpdatedRedemptions)
            footprint.AddRedemption(before.Id);
        foreach (var (before, _) in UpdatedBatches)
            footprint.AddBatch(before.Id);
        foreach (var record in Records)
            footprint.AddKey(record.Actor, record.Key);
        return new GroupLookup(footprint, presumesNew);
    }

    public Decided WithCertificates(Func<Certificate, Certificate> change) => this with
    {
        Created = [.. Created.Select(change)],
        Updated = [.. Updated.Select(pair => (pair.Before, change(pair.After)))],
    };

    public void ApplyTo(LedgerState state)
    {
        var issues = new Changes { Created = Created };
        var others = new Changes
        {
            Updated = [.. Updated.Select(pair => pair.After)],
            UpdatedRedemptions = [.. UpdatedRedemptions.Select(pair => pair.After)],
            Entries = Entries,
        };
        // The state assumes that the last entry recorded is the last of the site.
        var issuesAreLast = Created.Count > 0 && Entries.Count > 0 && Created[^1].IssuedEntryId > Entries[^1].Id;
        foreach (var changes in issuesAreLast ? [others, issues] : new[] { issues, others })
            state.Record(changes);
        foreach (var redemption in NewRedemptions)
            state.Record(new Changes { NewRedemption = redemption });
        foreach (var batch in NewBatches)
            state.Record(new Changes { NewBatch = batch });
        foreach (var (_, after) in UpdatedBatches)
            state.Record(new Changes { UpdatedBatch = after });
        foreach (var record in Records.Where(record => state.Recall(record.Actor, record.Key) is null))
            state.Remember(record);
    }

    /// <summary>The same writes, with the ids that follow other last ids than those of the decision.</summary>
    public Decided Renumbered(Counters decidedOn, Counters actual)
    {
        return new Decided
        {
            Created =
            [
                .. Created.Select(made => Again(made) with { Id = Certificate(made.Id), IssuedEntryId = Entry(made.IssuedEntryId) }),
            ],
            Updated = [.. Updated.Select(pair => (pair.Before, Again(pair.After)))],
            NewRedemptions =
            [
                .. NewRedemptions.Select(made => made with
                {
                    Id = Redemption(made.Id),
                    CertificateId = Certificate(made.CertificateId),
                }),
            ],
            UpdatedRedemptions = UpdatedRedemptions,
            NewBatches =
            [
                .. NewBatches.Select(made => made with { Id = Batch(made.Id), FirstCertificateId = Certificate(made.FirstCertificateId) }),
            ],
            UpdatedBatches = UpdatedBatches,
            Entries =
            [
                .. Entries.Select(entry => entry with
                {
                    Id = Entry(entry.Id),
                    CertificateId = Certificate(entry.CertificateId),
                    PreviousId = Entry(entry.PreviousId),
                    RedemptionId = Redemption(entry.RedemptionId),
                }),
            ],
            Records = Records,
        };

        Certificate Again(Certificate certificate) => certificate with { LastEntryId = Entry(certificate.LastEntryId) };
        long Certificate(long id) => Shift(id, decidedOn.Certificate, actual.Certificate);
        long Entry(long id) => Shift(id, decidedOn.Entry, actual.Entry);
        long Redemption(long id) => Shift(id, decidedOn.Redemption, actual.Redemption);
        long Batch(long id) => Shift(id, decidedOn.Batch, actual.Batch);
        static long Shift(long id, long decidedOn, long actual) => id > decidedOn ? id + (actual - decidedOn) : id;
    }
}
