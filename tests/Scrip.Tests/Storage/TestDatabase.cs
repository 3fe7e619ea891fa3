using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>A database of one test's own, as an adapter of <see cref="IStore"/> finds it: to be opened, closed and opened again.</summary>
public abstract class TestDatabase : IDisposable
{
    protected static readonly DateTimeOffset MadeAt = Support.Instants.Start;

    public abstract IStore Open();

    /// <summary>
    /// The journal of a site in the order of its ids, 1, 2, 3 …, read past the adapter, which has no need to read it yet.
    /// </summary>
    public abstract IReadOnlyList<Entry> ReadEntries(long siteId);

    /// <summary>Changes what is stored, past the adapter.</summary>
    public abstract void Execute(string sql);

    /// <summary>As another program would that knows another schema.</summary>
    public abstract void SetSchemaVersion(int version);

    public abstract void Dispose();
}
