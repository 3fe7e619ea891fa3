namespace Scrip.Ledger.Certificates;

/// <summary>What a write of certificates came to. The numbers are stored in receipts: none is changed or used again.</summary>
public enum CertificatesVerdict
{
    /// <summary>An item gives a certificate a code that none may be given any more. A retry is decided anew.</summary>
    Invalid = 7,

    NotFound = 1,
    PreconditionFailed = 2,
    Conflict = 3,
    Accepted = 4,

    /// <summary>There is nothing to write off.</summary>
    Spent = 5,

    /// <summary>More was to be written off than is left.</summary>
    InsufficientBalance = 6,
}

/// <summary>A certificate as a write answers it.</summary>
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
/// <param name="Index">Of the item in the call.</param>
/// <param name="Evidence">
/// The id that was not found or has nothing left, the version that is stored, the certificate that has the code, the minor units spent and
/// held, or those that are available; 0 where the kind says it all.
/// </param>
public readonly record struct ItemFault(int Index, ItemFaultKind Kind, long Evidence);

/// <summary>The outcome of creating, updating or writing off certificates: all of them, or none and why.</summary>
/// <param name="Lines">In the order of the items; empty unless accepted.</param>
/// <param name="Faults">The first <see cref="MaxFaults"/> faults.</param>
/// <param name="FaultyItems">How many items are refused, named in <paramref name="Faults"/> or not.</param>
public sealed record CertificatesOutcome(
    CertificatesVerdict Verdict, IReadOnlyList<CertificateLine> Lines, IReadOnlyList<ItemFault> Faults, int FaultyItems)
{
    public const int MaxFaults = 1000;

    /// <summary>In minor units, of each of <see cref="Lines"/>; empty unless it was a write-off, the one write that returns them.</summary>
    public IReadOnlyList<long> Balances { get; init; } = [];

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
