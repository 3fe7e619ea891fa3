using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>Writes the journal entries of one decision and chains each to the certificate's previous entry.</summary>
/// <param name="numbered">How many of the next numbers of the journal the decision has already used.</param>
internal sealed class EntryWriter(LedgerState state, long actor, int capacity, int numbered = 0)
{
    private readonly List<Entry> entries = new(capacity);
    private readonly long firstId = state.LastEntryId + 1 + numbered;

    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>The id of the next entry.</summary>
    public long NextId => firstId + entries.Count;

    /// <summary>Adds an entry and returns the certificate with its new last entry.</summary>
    /// <param name="after">The certificate after the entry.</param>
    public Certificate Add(
        Certificate after, EntryKind kind, long amount, DateTimeOffset at, long redemptionId = 0, string? detail = null) =>
        after with { LastEntryId = Add(after, after.LastEntryId, kind, amount, at, redemptionId, detail) };

    /// <summary>Adds an entry for a certificate that already has its last entry set. Returns the entry's id.</summary>
    public long Add(
        Certificate after, long previousId, EntryKind kind, long amount, DateTimeOffset at, long redemptionId = 0, string? detail = null)
    {
        var id = NextId;
        entries.Add(new Entry(
            id, after.Id, previousId, redemptionId, kind, amount, after.Balance, after.Held, after.FaceValue, detail, actor, at));
        return id;
    }
}
