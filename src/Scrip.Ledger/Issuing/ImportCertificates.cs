using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>What becomes of a row whose code a certificate of the site has.</summary>
public enum ExistingCodes
{
    Refuse,
    Skip,
}

/// <summary>
/// Takes over certificates from elsewhere, with what was spent of them there. All or none, except for those that are to be left out. Unlike
/// <see cref="CreateCertificates"/> it takes no code that customers could mistake for one that the site has.
/// </summary>
/// <param name="Items">Codes that differ from each other also when they are folded.</param>
public sealed record ImportCertificates(IReadOnlyList<NewCertificate> Items) : Command<ImportOutcome>
{
    public ExistingCodes Existing { get; init; }

    /// <summary>Items that would be refused are left out, and the others imported.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>Everything is decided, and nothing written.</summary>
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
            return new(new ImportOutcome(IsAccepted: false, 0, 0, skipped, 0, 0, faults.First, faults.Items), Changes.None);
        var outcome = new ImportOutcome(
            IsAccepted: true,
            IsDryRun || taken.Count == 0 ? 0 : state.LastCertificateId + 1,
            taken.Count,
            skipped,
            taken.Sum(item => (decimal)item.FaceValue),
            taken.Sum(item => (decimal)(item.FaceValue - item.SpentBefore)),
            faults.First,
            faults.Items);
        return new(outcome, IsDryRun ? Changes.None : CertificateIssue.Of(taken, state, Actor, now));
    }

    /// <summary>What is refused is mended and sent again, with the same key and another file.</summary>
    protected override bool IsRemembered(ImportOutcome outcome) => outcome.IsAccepted;

    protected override void WriteReceipt(ImportOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write7BitEncodedInt64(outcome.FirstId);
        receipt.Write7BitEncodedInt(outcome.Created);
        receipt.Write7BitEncodedInt(outcome.Skipped);
        receipt.Write(outcome.Value);
        receipt.Write(outcome.Balance);
        CertificatesOutcome.WriteFaults(outcome.Faults, outcome.FaultyItems, receipt);
    }

    protected override ImportOutcome ReadReceipt(BinaryReader receipt)
    {
        var firstId = receipt.Read7BitEncodedInt64();
        var created = receipt.Read7BitEncodedInt();
        var skipped = receipt.Read7BitEncodedInt();
        var value = receipt.ReadDecimal();
        var balance = receipt.ReadDecimal();
        var refused = CertificatesOutcome.ReadFaults(CertificatesVerdict.Conflict, receipt);
        return new(IsAccepted: true, firstId, created, skipped, value, balance, refused.Faults, refused.FaultyItems);
    }
}

/// <summary>What an import came to.</summary>
/// <param name="FirstId">Of the certificates made, whose ids follow each other; 0 where none is made.</param>
/// <param name="Created">Of a dry run, how many would be made.</param>
/// <param name="Skipped">How many were there already.</param>
/// <param name="Value">The sum of what the created ones were issued for, in minor units.</param>
/// <param name="Balance">The sum of what is left of them, in minor units.</param>
/// <param name="Faults">Of the items refused or left out, the first <see cref="CertificatesOutcome.MaxFaults"/>.</param>
/// <param name="FaultyItems">How many they are.</param>
public sealed record ImportOutcome(
    bool IsAccepted,
    long FirstId,
    int Created,
    int Skipped,
    decimal Value,
    decimal Balance,
    IReadOnlyList<ItemFault> Faults,
    int FaultyItems);
