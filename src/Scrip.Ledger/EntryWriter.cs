using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>Writes the journal of one decision, each line chained to the certificate's line before it.</summary>
internal sealed class EntryWriter(LedgerState state, long actor, int capacity)
{
    private readonly List<Entry> entries = new(capacity);
    private readonly long firstId = state.LastEntryId + 1;

    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Of the next line.</summary>
    public long NextId => firstId + entries.Count;

    /// <summary>Returns the certificate with its new last entry.</summary>
    /// <param name="after">The certificate as the entry leaves it.</param>
    public Certificate Add(
        Certificate after, EntryKind kind, long amount, DateTimeOffset at, long redemptionId = 0, string? detail = null) =>
        after with { LastEntryId = Add(after, after.LastEntryId, kind, amount, at, redemptionId, detail) };

    /// <summary>Adds an entry of a certificate that has its last entry already. Returns the id.</summary>
    public long Add(
        Certificate after, long previousId, EntryKind kind, long amount, DateTimeOffset at, long redemptionId = 0, string? detail = null)
    {
        var id = NextId;
        entries.Add(new Entry(
            id, after.Id, previousId, redemptionId, kind, amount, after.Balance, after.Held, after.FaceValue, detail, actor, at));
        return id;
    }
}
