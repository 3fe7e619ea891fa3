using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>What happens to a row whose code a certificate of the site already has.</summary>
public enum ExistingCodes
{
    Refuse,
    Skip,

    /// <summary>The certificate becomes what the row says, except for the amount spent, which an import never changes.</summary>
    Update,
}

/// <summary>What a row says of a certificate that exists. A null member keeps the stored value.</summary>
/// <param name="FaceValue">In minor units.</param>
/// <param name="Balance">The balance that the certificate must have after the change, in minor units; null accepts any.</param>
public readonly record struct ImportedChange(bool? IsActive, long? FaceValue, long? Balance, TermsChange? Terms);

/// <summary>
/// Imports certificates from elsewhere, with the amounts already spent there: all or none, except for the items to leave out. Unlike
/// <see cref="CreateCertificates"/> it refuses a code that customers could mistake for an existing one.
/// </summary>
/// <param name="Items">The items. Their folded codes are all different.</param>
public sealed record ImportCertificates(IReadOnlyList<NewCertificate> Items) : Command<ImportOutcome>
{
    public ExistingCodes Existing { get; init; }

    /// <summary>The changes of existing certificates, one for each item; empty unless they are updated.</summary>
    public IReadOnlyList<ImportedChange> Updates { get; init; } = [];

    /// <summary>Whether faulty items are left out and the others imported.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>The batch to create; null for none.</summary>
    public NewBatch? Batch { get; init; }

    /// <summary>Whether everything is decided and nothing written.</summary>
    public bool IsDryRun { get; init; }

    public override int Weight => Items.Count;

    public override void AddTo(Footprint footprint)
    {
        footprint.AddNewCodes(Items);
        footprint.AddLikeCodes(Items);
    }

    public override Decision<ImportOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var faults = new ItemFaults(most: Items.Count);
        var taken = new List<NewCertificate>(Items.Count);
        var existing = new List<(CertificateChange Change, Certificate Before)>();
        var skipped = 0;
        for (var index = 0; index < Items.Count; index++)
        {
            var item = Items[index];
            var like = state.FindLike(item.Code);
            if ((state.HolderOf(item.Code) ?? (like?.Code == item.Code ? like.Id : null)) is { } holder)
            {
                if (Existing == ExistingCodes.Skip)
                    skipped++;
                else if (Existing == ExistingCodes.Refuse)
                    faults.Add(index, ItemFaultKind.CodeTaken, holder);
                else if (TryUpdate(index, state.Find(holder)!, faults) is { } change)
                    existing.Add(change);
            }
            else if (like is not null)
            {
                faults.Add(index, ItemFaultKind.CodeSimilar, like.Id);
            }
            else
            {
                taken.Add(item);
            }
        }
        var isRefused = faults.Any && !LeavesOut;
        var issue = isRefused ? Changes.None : CertificateIssue.Of(taken, state, Actor, now, Batch);
        var (updated, adjusted, journal) = Update(existing, state, now, numbered: issue.Created.Count + issue.Entries.Count);
        skipped += existing.Count - updated.Count;
        if (isRefused)
            return new(new ImportOutcome(IsAccepted: false, 0, 0, 0, skipped, 0, 0, faults.First, faults.Items), Changes.None);

        var changes = IsDryRun ? Changes.None
            : updated.Count == 0 ? issue
            : issue with { Updated = updated, Entries = [.. issue.Entries, .. journal] };
        var outcome = new ImportOutcome(
            IsAccepted: true,
            changes.Created.Count == 0 ? 0 : state.LastCertificateId + 1,
            changes.NewBatch?.Id ?? 0,
            taken.Count,
            skipped,
            taken.Sum(item => (decimal)item.FaceValue),
            taken.Sum(item => (decimal)(item.FaceValue - item.SpentBefore)),
            faults.First,
            faults.Items)
        {
            Updated = updated.Count,
            Adjusted = adjusted,
        };
        return new(outcome, changes);
    }

    /// <summary>False for a refusal: the caller corrects the file and sends it with the same key.</summary>
    protected override bool IsRemembered(ImportOutcome outcome) => outcome.IsAccepted;

    protected override void WriteReceipt(ImportOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write7BitEncodedInt64(outcome.FirstId);
        receipt.Write7BitEncodedInt64(outcome.BatchId);
        receipt.Write7BitEncodedInt(outcome.Created);
        receipt.Write7BitEncodedInt(outcome.Skipped);
        receipt.Write(outcome.Value);
        receipt.Write(outcome.Balance);
        if (Existing == ExistingCodes.Update)
        {
            receipt.Write7BitEncodedInt(outcome.Updated);
            receipt.Write(outcome.Adjusted);
        }
        CertificatesOutcome.WriteFaults(outcome.Faults, outcome.FaultyItems, receipt);
    }

    protected override ImportOutcome ReadReceipt(BinaryReader receipt)
    {
        var firstId = receipt.Read7BitEncodedInt64();
        var batchId = receipt.Read7BitEncodedInt64();
        var created = receipt.Read7BitEncodedInt();
        var skipped = receipt.Read7BitEncodedInt();
        var value = receipt.ReadDecimal();
        var balance = receipt.ReadDecimal();
        var (updated, adjusted) = Existing == ExistingCodes.Update ? (receipt.Read7BitEncodedInt(), receipt.ReadDecimal()) : default;
        var refused = CertificatesOutcome.ReadFaults(CertificatesVerdict.Conflict, receipt);
        return new(IsAccepted: true, firstId, batchId, created, skipped, value, balance, refused.Faults, refused.FaultyItems)
        {
            Updated = updated,
            Adjusted = adjusted,
        };
    }

    /// <summary>
    /// Returns the change of an existing certificate; null if the item is refused. Only payments, refunds and write-offs change the
    /// amount spent, so a balance that differs from the ledger's is refused.
    /// </summary>
    private (CertificateChange Change, Certificate Before)? TryUpdate(int index, Certificate before, ItemFaults faults)
    {
        var row = Updates[index];
        var change = new CertificateChange(before.Id, Code: null, row.IsActive, row.FaceValue, row.Terms);
        var isFaulty = UpdateCertificates.AddFaults(faults, index, change, before);
        var balance = (row.FaceValue ?? before.FaceValue) - before.Spent - before.Held;
        if (balance >= 0 && row.Balance is { } told && told != balance)
        {
            faults.Add(index, ItemFaultKind.BalanceDiffers, balance);
            isFaulty = true;
        }
        return isFaulty ? null : (change, before);
    }

    /// <param name="numbered">How many numbers of the journal the new certificates take.</param>
    private (List<Certificate> Updated, decimal Adjusted, IReadOnlyList<Entry> Journal) Update(
        List<(CertificateChange Change, Certificate Before)> existing, LedgerState state, DateTimeOffset now, int numbered)
    {
        var updated = new List<Certificate>(existing.Count);
        var journal = new EntryWriter(state, Actor, capacity: existing.Count, numbered);
        var adjusted = 0m;
        foreach (var (change, before) in existing)
        {
            var after = UpdateCertificates.Change(change, before, journal, now);
            if (ReferenceEquals(after, before))
                continue;
            updated.Add(after);
            adjusted += after.FaceValue - before.FaceValue;
        }
        return (updated, adjusted, journal.Entries);
    }
}

/// <summary>The result of an import.</summary>
/// <param name="FirstId">The first id of the created certificates, whose ids are consecutive; 0 if none is created.</param>
/// <param name="BatchId">The id of the batch of the created certificates; 0 if none is created.</param>
/// <param name="Created">The number of created certificates; in a dry run, of those that would be.</param>
/// <param name="Skipped">The number of items that already existed and stay as they are.</param>
/// <param name="Value">The sum of the face values of the created certificates, in minor units.</param>
/// <param name="Balance">The sum of their balances, in minor units.</param>
/// <param name="Faults">The faults of all refused or left-out items.</param>
/// <param name="FaultyItems">The number of faulty items.</param>
public sealed record ImportOutcome(
    bool IsAccepted,
    long FirstId,
    long BatchId,
    int Created,
    int Skipped,
    decimal Value,
    decimal Balance,
    IReadOnlyList<ItemFault> Faults,
    int FaultyItems)
{
    /// <summary>The number of existing certificates that change.</summary>
    public int Updated { get; init; }

    /// <summary>By how much the face values of existing certificates change together, in minor units.</summary>
    public decimal Adjusted { get; init; }
}
