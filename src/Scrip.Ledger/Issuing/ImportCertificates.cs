using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>What happens to a row whose code a certificate of the site already has.</summary>
public enum ExistingCodes
{
    Refuse,
    Skip,
}

/// <summary>
/// Imports certificates from elsewhere, with the amounts already spent there: all or none, except for the items to leave out. Unlike
/// <see cref="CreateCertificates"/> it refuses a code that customers could mistake for an existing one.
/// </summary>
/// <param name="Items">The items. Their folded codes are all different.</param>
public sealed record ImportCertificates(IReadOnlyList<NewCertificate> Items) : Command<ImportOutcome>
{
    public ExistingCodes Existing { get; init; }

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
        var faults = new ItemFaults();
        var taken = new List<NewCertificate>(Items.Count);
        var skipped = 0;
        for (var index = 0; index < Items.Count; index++)
        {
            var item = Items[index];
            var like = state.FindLike(item.Code);
            if ((state.HolderOf(item.Code) ?? (like?.Code == item.Code ? like.Id : null)) is { } holder)
            {
                if (Existing == ExistingCodes.Skip)
                    skipped++;
                else
                    faults.Add(index, ItemFaultKind.CodeTaken, holder);
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
        if (faults.Any && !LeavesOut)
            return new(new ImportOutcome(IsAccepted: false, 0, 0, 0, skipped, 0, 0, faults.First, faults.Items), Changes.None);
        var changes = IsDryRun ? Changes.None : CertificateIssue.Of(taken, state, Actor, now, Batch);
        var outcome = new ImportOutcome(
            IsAccepted: true,
            changes.AreNone ? 0 : state.LastCertificateId + 1,
            changes.NewBatch?.Id ?? 0,
            taken.Count,
            skipped,
            taken.Sum(item => (decimal)item.FaceValue),
            taken.Sum(item => (decimal)(item.FaceValue - item.SpentBefore)),
            faults.First,
            faults.Items);
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
        var refused = CertificatesOutcome.ReadFaults(CertificatesVerdict.Conflict, receipt);
        return new(IsAccepted: true, firstId, batchId, created, skipped, value, balance, refused.Faults, refused.FaultyItems);
    }
}

/// <summary>The result of an import.</summary>
/// <param name="FirstId">The first id of the created certificates, whose ids are consecutive; 0 if none is created.</param>
/// <param name="BatchId">The id of the batch of the created certificates; 0 if none is created.</param>
/// <param name="Created">The number of created certificates; in a dry run, of those that would be.</param>
/// <param name="Skipped">The number of items that already existed.</param>
/// <param name="Value">The sum of the face values of the created certificates, in minor units.</param>
/// <param name="Balance">The sum of their balances, in minor units.</param>
/// <param name="Faults">The faults of refused or left-out items: the first <see cref="CertificatesOutcome.MaxFaults"/>.</param>
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
    int FaultyItems);
