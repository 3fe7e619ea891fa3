namespace Scrip.Ledger.Certificates;

/// <summary>Gathers the refusals of one kind while the items are looked at; keeps the first of them, counts all.</summary>
internal sealed class ItemFaults
{
    private readonly List<ItemFault> first = [];
    private int lastIndex = -1;
    private int items;

    public bool Any => items > 0;

    /// <summary>Called in the order of the items; an item may have several faults and counts once.</summary>
    public void Add(int index, ItemFaultKind kind, long evidence)
    {
        if (index != lastIndex)
            items++;
        lastIndex = index;
        if (first.Count < CertificatesOutcome.MaxFaults)
            first.Add(new ItemFault(index, kind, evidence));
    }

    public Decision<CertificatesOutcome> Refuse(CertificatesVerdict verdict) =>
        new(new CertificatesOutcome(verdict, [], first, items), Changes.None);
}
