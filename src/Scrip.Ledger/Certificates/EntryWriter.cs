namespace Scrip.Ledger.Certificates;

/// <summary>Writes the journal of one decision: an entry for each thing that changed, chained to the certificate's entry before it.</summary>
internal sealed class EntryWriter(long lastEntryId, long actor, DateTimeOffset now, int changes)
{
    /// <summary>Code, face value and activity: a change has three entries at most.</summary>
    private const int MaxEntriesOfChange = 3;

    private readonly List<Entry> entries = new(changes * MaxEntriesOfChange);

    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Answers the certificate's last entry.</summary>
    public long Write(Certificate old, Certificate after)
    {
        var previous = old.LastEntryId;
        // Money first: each entry's balance is that of the one before it and its own amount.
        if (after.FaceValue != old.FaceValue)
            Add(EntryKind.Adjusted, after.FaceValue - old.FaceValue);
        if (after.Code != old.Code)
            Add(EntryKind.Renamed, 0, old.Code, after.Code);
        if (after.IsActive != old.IsActive)
            Add(after.IsActive ? EntryKind.Activated : EntryKind.Deactivated, 0);
        return previous;

        void Add(EntryKind kind, long amount, CertificateCode? was = null, CertificateCode? became = null)
        {
            var id = lastEntryId + entries.Count + 1;
            entries.Add(new Entry(id, after.Id, previous, kind, amount, after.Balance, after.FaceValue, was, became, actor, now));
            previous = id;
        }
    }
}
