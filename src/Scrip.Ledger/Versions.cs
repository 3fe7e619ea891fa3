namespace Scrip.Ledger;

/// <summary>The rows of one kind that a transaction knows: as the store held them, and as they are to be.</summary>
internal sealed class Versions<TRow>
    where TRow : class
{
    private readonly Func<TRow, long> idOf;
    private readonly long lastStoredId;
    private readonly Dictionary<long, TRow> known;

    /// <summary>In the order of their ids, which follow each other.</summary>
    private readonly List<TRow> created = [];

    /// <summary>Of the known ones that changed: what the store holds.</summary>
    private readonly Dictionary<long, TRow> stored = [];

    public Versions(Func<TRow, long> idOf, long lastId, IReadOnlyCollection<TRow> loaded)
    {
        this.idOf = idOf;
        lastStoredId = lastId;
        known = new(loaded.Count);
        foreach (var row in loaded)
            known[idOf(row)] = row;
    }

    public long LastId => lastStoredId + created.Count;
    public IEnumerable<TRow> All => known.Values.Concat(created);
    public IReadOnlyCollection<TRow> Created => created;
    public bool HasCreated => created.Count > 0;
    public bool HasUpdated => stored.Count > 0;

    public IReadOnlyList<(TRow Before, TRow After)> Updated =>
        [.. stored.OrderBy(pair => pair.Key).Select(pair => (pair.Value, known[pair.Key]))];

    public TRow? Find(long id) => IsCreated(id) ? created[IndexOf(id)] : known.GetValueOrDefault(id);

    public void EnsureCapacity(int more) => created.EnsureCapacity(created.Count + more);

    /// <summary>Its id is the one after <see cref="LastId"/>; the schema refuses any that is taken.</summary>
    public void Create(TRow row) => created.Add(row);

    public void Update(TRow row)
    {
        var id = idOf(row);
        if (IsCreated(id))
        {
            created[IndexOf(id)] = row;
            return;
        }
        stored.TryAdd(id, known[id]);
        known[id] = row;
    }

    private bool IsCreated(long id) => id > lastStoredId && id <= LastId;

    private int IndexOf(long createdId) => (int)(createdId - lastStoredId - 1);
}
