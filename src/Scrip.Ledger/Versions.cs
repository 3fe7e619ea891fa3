namespace Scrip.Ledger;

/// <summary>The rows of one kind that a transaction knows: as the store held them, and as they are to be.</summary>
internal sealed class Versions<TRow>
    where TRow : class
{
    private readonly Func<TRow, long> idOf;
    private readonly Dictionary<long, TRow> known;
    private readonly Dictionary<long, TRow> created = [];

    /// <summary>Of the known ones that changed: what the store holds.</summary>
    private readonly Dictionary<long, TRow> stored = [];

    public Versions(Func<TRow, long> idOf, long lastId, IReadOnlyCollection<TRow> loaded)
    {
        this.idOf = idOf;
        LastId = lastId;
        known = new(loaded.Count);
        foreach (var row in loaded)
            known[idOf(row)] = row;
    }

    public long LastId { get; private set; }
    public IEnumerable<TRow> All => known.Values.Concat(created.Values);
    public IReadOnlyCollection<TRow> Created => created.Values;
    public bool HasCreated => created.Count > 0;
    public bool HasUpdated => stored.Count > 0;

    public IReadOnlyList<(TRow Before, TRow After)> Updated =>
        [.. stored.OrderBy(pair => pair.Key).Select(pair => (pair.Value, known[pair.Key]))];

    public TRow? Find(long id) => known.GetValueOrDefault(id) ?? created.GetValueOrDefault(id);

    public void EnsureCapacity(int more) => created.EnsureCapacity(created.Count + more);

    public void Create(TRow row)
    {
        LastId = idOf(row);
        created.Add(LastId, row);
    }

    public void Update(TRow row)
    {
        var id = idOf(row);
        if (created.ContainsKey(id))
        {
            created[id] = row;
            return;
        }
        stored.TryAdd(id, known[id]);
        known[id] = row;
    }
}
