using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>A test's own database, as an adapter of <see cref="IStore"/> finds it: it can be opened, closed and opened again.</summary>
public abstract class TestDatabase : IDisposable
{
    protected static readonly DateTimeOffset MadeAt = Support.Instants.Start;

    public abstract IStore Open();

    /// <summary>Reads the journal of a site in the order of its ids, 1, 2, 3 …, without the adapter.</summary>
    public abstract IReadOnlyList<Entry> ReadEntries(long siteId);

    /// <summary>Changes stored data without the adapter.</summary>
    public abstract void Execute(string sql);

    /// <summary>Sets the schema version, as another program with another schema would.</summary>
    public abstract void SetSchemaVersion(int version);

    public abstract void Dispose();
}
