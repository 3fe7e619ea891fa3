using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>
/// Issues certificates with generated codes, as a batch, all or none. The codes are drawn before the command is decided; the rule skips
/// those that a certificate of the site has, or that customers could mistake for such a code.
/// </summary>
/// <param name="Drawn">The codes that <see cref="CodeDrawing"/> drew, a few more than needed.</param>
/// <param name="Count">The number of certificates, at least one.</param>
/// <param name="FaceValue">The face value of each certificate, in minor units.</param>
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

    /// <summary>
    /// Decides which codes to use. A conflict, without faults, means that too few codes are free and the caller must draw again.
    /// </summary>
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

    /// <summary>A conflict is not remembered, because the next attempt draws other codes.</summary>
    protected override bool IsRemembered(CertificatesOutcome outcome) => outcome.Verdict == CertificatesVerdict.Accepted;

    /// <summary>The receipt includes the codes: the request does not have them, and certificates can be renamed.</summary>
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
