namespace Scrip.Ledger;

/// <summary>The rows of one kind that a transaction knows, before and after its changes.</summary>
internal sealed class Versions<TRow>
    where TRow : class
{
    private readonly Func<TRow, long> idOf;
    private readonly long lastStoredId;
    private readonly Dictionary<long, (TRow Stored, TRow Now)> known;

    /// <summary>New rows in the order of their ids, which are consecutive.</summary>
    private readonly List<TRow> created = [];

    public Versions(Func<TRow, long> idOf, long lastId, IReadOnlyCollection<TRow> loaded)
    {
        this.idOf = idOf;
        lastStoredId = lastId;
        known = new(loaded.Count);
        foreach (var row in loaded)
            known[idOf(row)] = (row, row);
    }

    public long LastId => lastStoredId + created.Count;
    public IEnumerable<TRow> All => known.Values.Select(row => row.Now).Concat(created);
    public IReadOnlyList<TRow> Created => created;
    public bool HasCreated => created.Count > 0;
    public bool HasUpdated { get; private set; }

    public IReadOnlyList<(TRow Before, TRow After)> Updated
    {
        get
        {
            if (!HasUpdated)
                return [];
            var updated = new List<(TRow Before, TRow After)>(known.Count);
            var isInOrder = true;
            foreach (var (stored, now) in known.Values)
            {
                if (ReferenceEquals(stored, now))
                    continue;
                isInOrder &= updated.Count == 0 || idOf(updated[^1].Before) < idOf(stored);
                updated.Add((stored, now));
            }
            // The rows of a large call mostly are in order.
            if (!isInOrder)
                updated.Sort((one, other) => idOf(one.Before).CompareTo(idOf(other.Before)));
            return updated;
        }
    }

    public TRow? Find(long id) => IsCreated(id) ? created[IndexOf(id)] : known.GetValueOrDefault(id).Now;

    public void EnsureCapacity(int more) => created.EnsureCapacity(created.Count + more);

    /// <summary>Adds a new row. Its id is the one after <see cref="LastId"/>; the schema refuses an id that is taken.</summary>
    public void Create(TRow row) => created.Add(row);

    public void Update(TRow row)
    {
        var id = idOf(row);
        if (IsCreated(id))
        {
            created[IndexOf(id)] = row;
            return;
        }
        known[id] = (known[id].Stored, row);
        HasUpdated = true;
    }

    private bool IsCreated(long id) => id > lastStoredId && id <= LastId;

    private int IndexOf(long createdId) => (int)(createdId - lastStoredId - 1);
}
