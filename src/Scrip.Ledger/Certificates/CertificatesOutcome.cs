namespace Scrip.Ledger.Certificates;

/// <summary>The verdict on a write of certificates. The numbers are stored in receipts: none is ever changed or reused.</summary>
public enum CertificatesVerdict
{
    /// <summary>An item gives a certificate a code that is no longer allowed. A retry is decided anew.</summary>
    Invalid = 7,

    NotFound = 1,
    PreconditionFailed = 2,
    Conflict = 3,
    Accepted = 4,

    /// <summary>The balance is 0, so nothing can be written off.</summary>
    Spent = 5,

    /// <summary>The amount to write off exceeds the balance.</summary>
    InsufficientBalance = 6,
}

/// <summary>A certificate as a write returns it.</summary>
/// <param name="FaceValue">In minor units.</param>
public readonly record struct CertificateLine(long Id, CertificateCode Code, bool IsActive, long FaceValue, long Version);

public enum ItemFaultKind
{
    CodeNotAllowed = 8,
    NotFound = 1,
    VersionMismatch = 2,
    CodeTaken = 3,
    ValueBelowUsed = 4,
    ExpiresBeforeStart = 5,
    NothingLeft = 6,
    AmountAboveBalance = 7,

    /// <summary>A certificate has a code that folds to the same. Only an import minds.</summary>
    CodeSimilar = 9,
}

/// <summary>Why one item of a write is refused.</summary>
/// <param name="Index">The position of the item in the call, from 0.</param>
/// <param name="Evidence">
/// Depends on the kind: the id that was not found or has no balance, the stored version, the certificate that has the code, the minor units
/// spent and held, or the minor units available; 0 if the kind says everything.
/// </param>
public readonly record struct ItemFault(int Index, ItemFaultKind Kind, long Evidence);

/// <summary>The outcome of creating, updating or writing off certificates: all of them, or none with the reasons.</summary>
/// <param name="Lines">The certificates in the order of the items; empty unless accepted.</param>
/// <param name="Faults">The first <see cref="MaxFaults"/> faults.</param>
/// <param name="FaultyItems">How many items are refused, including those beyond <paramref name="Faults"/>.</param>
public sealed record CertificatesOutcome(
    CertificatesVerdict Verdict, IReadOnlyList<CertificateLine> Lines, IReadOnlyList<ItemFault> Faults, int FaultyItems)
{
    public const int MaxFaults = 1000;

    /// <summary>The balances of <see cref="Lines"/> in minor units. Only a write-off returns them; otherwise empty.</summary>
    public IReadOnlyList<long> Balances { get; init; } = [];

    /// <summary>The id of the batch of the created certificates; 0 if the write created no batch.</summary>
    public long BatchId { get; init; }

    public static CertificatesOutcome Accepted(IReadOnlyList<CertificateLine> lines) => new(CertificatesVerdict.Accepted, lines, [], 0);

    internal static void WriteFaults(IReadOnlyList<ItemFault> faults, int faultyItems, BinaryWriter receipt)
    {
        receipt.Write7BitEncodedInt(faultyItems);
        receipt.Write7BitEncodedInt(faults.Count);
        foreach (var fault in faults)
        {
            receipt.Write7BitEncodedInt(fault.Index);
            receipt.Write((byte)fault.Kind);
            receipt.Write7BitEncodedInt64(fault.Evidence);
        }
    }

    internal static CertificatesOutcome ReadFaults(CertificatesVerdict verdict, BinaryReader receipt)
    {
        var faultyItems = receipt.Read7BitEncodedInt();
        var faults = new ItemFault[receipt.Read7BitEncodedInt()];
        for (var at = 0; at < faults.Length; at++)
            faults[at] = new ItemFault(receipt.Read7BitEncodedInt(), (ItemFaultKind)receipt.ReadByte(), receipt.Read7BitEncodedInt64());
        return new CertificatesOutcome(verdict, [], faults, faultyItems);
    }
}
