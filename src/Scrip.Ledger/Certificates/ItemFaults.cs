namespace Scrip.Ledger.Certificates;

/// <summary>Collects the reasons to refuse items: keeps the first faults and counts all faulty items.</summary>
/// <param name="most">How many faults are kept.</param>
internal sealed class ItemFaults(int most = CertificatesOutcome.MaxFaults)
{
    private readonly List<ItemFault> first = [];
    private int lastIndex = -1;
    private int items;
    private int kinds;

    public bool Any => items > 0;

    /// <summary>The faults that are kept.</summary>
    public IReadOnlyList<ItemFault> First => first;

    /// <summary>The number of items with faults.</summary>
    public int Items => items;

    /// <summary>Adds a fault. Items must come in ascending order; an item with several faults counts once.</summary>
    public void Add(int index, ItemFaultKind kind, long evidence)
    {
        if (index != lastIndex)
            items++;
        lastIndex = index;
        kinds |= 1 << (int)kind;
        if (first.Count < most)
            first.Add(new ItemFault(index, kind, evidence));
    }

    /// <summary>Whether any fault, kept or only counted, has a different kind.</summary>
    public bool HasOther(ItemFaultKind kind) => (kinds & ~(1 << (int)kind)) != 0;

    public Decision<CertificatesOutcome> Refuse(CertificatesVerdict verdict) =>
        new(new CertificatesOutcome(verdict, [], first, items), Changes.None);
}
