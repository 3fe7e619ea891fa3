using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>
/// Issues certificates with generated codes, as a batch, all or none. Codes are drawn before it is known which are free: a code that
/// customers could mistake for one of the site's certificates is passed over.
/// </summary>
/// <param name="Drawn">By <see cref="CodeDrawing"/>, a few more than are wanted.</param>
/// <param name="Count">How many certificates are wanted; at least one.</param>
/// <param name="FaceValue">Of each, in minor units.</param>
public sealed record GenerateCertificates(
    CodePattern Pattern, IReadOnlyList<CertificateCode> Drawn, int Count, long FaceValue, NewBatch Batch) : Command<CertificatesOutcome>
{
    public bool IsActive { get; init; } = true;

    /// <summary>Null for <see cref="CertificateTerms.Unlimited"/>.</summary>
    public CertificateTerms? Terms { get; init; }

    public override int Weight => Count;

    public override void AddTo(Footprint footprint)
    {
        var items = ItemsOf(Drawn);
        footprint.AddNewCodes(items);
        footprint.AddLikeCodes(items);
    }

    /// <summary>A conflict means that too few of the codes are free. It names none: the caller draws anew.</summary>
    public override Decision<CertificatesOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var free = new List<CertificateCode>(Count);
        foreach (var code in Drawn)
        {
            if (free.Count == Count)
                break;
            if (state.FindLike(code) is null)
                free.Add(code);
        }
        if (free.Count < Count)
            return new ItemFaults().Refuse(CertificatesVerdict.Conflict);

        var changes = CertificateIssue.Of(ItemsOf(free), state, Actor, now, Batch);
        return new(AcceptedFrom(state.LastCertificateId + 1, changes.NewBatch!.Id, free), changes);
    }

    /// <summary>The retry of a caller who drew anew has other codes.</summary>
    protected override bool IsRemembered(CertificatesOutcome outcome) => outcome.Verdict == CertificatesVerdict.Accepted;

    /// <summary>The codes are in it: no request says them, and certificates are renamed.</summary>
    protected override void WriteReceipt(CertificatesOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write7BitEncodedInt64(outcome.Lines[0].Id);
        receipt.Write7BitEncodedInt64(outcome.BatchId);
        Span<byte> places = stackalloc byte[Pattern.RandomCharacters];
        foreach (var line in outcome.Lines)
        {
            Pattern.ReadPlaces(line.Code.Text, places);
            receipt.Write(places);
        }
    }

    protected override CertificatesOutcome ReadReceipt(BinaryReader receipt)
    {
        var firstId = receipt.Read7BitEncodedInt64();
        var batchId = receipt.Read7BitEncodedInt64();
        var codes = new CertificateCode[Count];
        Span<byte> places = stackalloc byte[Pattern.RandomCharacters];
        for (var at = 0; at < codes.Length; at++)
        {
            receipt.BaseStream.ReadExactly(places);
            codes[at] = CertificateCode.FromStored(Pattern.Fill(places));
        }
        return AcceptedFrom(firstId, batchId, codes);
    }

    private CertificatesOutcome AcceptedFrom(long firstId, long batchId, IReadOnlyList<CertificateCode> codes) =>
        CertificatesOutcome.Accepted(new ComputedList<CertificateLine>(
            Count, index => new(firstId + index, codes[index], IsActive, FaceValue, Version: 1))) with { BatchId = batchId };

    private ComputedList<NewCertificate> ItemsOf(IReadOnlyList<CertificateCode> codes) =>
        new(codes.Count, index => new(codes[index], IsActive, FaceValue, Terms));
}
