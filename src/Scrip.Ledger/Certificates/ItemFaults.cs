namespace Scrip.Ledger.Certificates;

/// <summary>Gathers the reasons to refuse items while they are checked: keeps the first of them, counts all faulty items.</summary>
internal sealed class ItemFaults
{
    private readonly List<ItemFault> first = [];
    private int lastIndex = -1;
    private int items;
    private int kinds;

    public bool Any => items > 0;

    /// <summary>The first <see cref="CertificatesOutcome.MaxFaults"/>.</summary>
    public IReadOnlyList<ItemFault> First => first;

    /// <summary>How many items have faults.</summary>
    public int Items => items;

    /// <summary>Called in the order of the items; an item may have several faults and counts once.</summary>
    public void Add(int index, ItemFaultKind kind, long evidence)
    {
        if (index != lastIndex)
            items++;
        lastIndex = index;
        kinds |= 1 << (int)kind;
        if (first.Count < CertificatesOutcome.MaxFaults)
            first.Add(new ItemFault(index, kind, evidence));
    }

    /// <summary>Whether any fault, kept or only counted, is of another kind.</summary>
    public bool HasOther(ItemFaultKind kind) => (kinds & ~(1 << (int)kind)) != 0;

    public Decision<CertificatesOutcome> Refuse(CertificatesVerdict verdict) =>
        new(new CertificatesOutcome(verdict, [], first, items), Changes.None);
}
