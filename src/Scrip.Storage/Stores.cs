using System.Data.Common;
using Scrip.Storage.Postgres;
using Scrip.Storage.Sqlite;

namespace Scrip.Storage;

/// <summary>
/// Opens the database that a connection string names: <c>Data Source=…</c> is a SQLite file, <c>Host=…</c> is PostgreSQL.
/// </summary>
public static class Stores
{
    /// <summary>A server that is away now does not refuse to be opened: see <see cref="IStore.Obstacle"/>.</summary>
    /// <exception cref="StorageSetupException">The setting, or what it names, cannot be used.</exception>
    public static IStore Open(StoreSettings settings, DateTimeOffset now) =>
        NamesServer(settings.ConnectionString) ? PostgresStore.Open(settings, now) : SqliteStore.Open(settings, now);

    /// <summary>Opens it to be looked at. Nothing in it changes, its schema included, and no server that uses it is disturbed.</summary>
    /// <exception cref="StorageSetupException">The setting, or what it names, cannot be used.</exception>
    public static IReadOnlyStore OpenReadOnly(StoreSettings settings) =>
        NamesServer(settings.ConnectionString) ? PostgresStore.OpenReadOnly(settings) : SqliteReadOnlyStore.Open(settings);

    /// <summary>PostgreSQL, as against a file.</summary>
    /// <exception cref="StorageSetupException">The setting, or what it names, cannot be used.</exception>
    internal static bool NamesServer(string connectionString)
    {
        if (connectionString.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            throw new StorageSetupException("The storage setting for PostgreSQL is written as Host=…;Database=…;Username=…, not as a URL.");
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.ContainsKey("Host") || parts.ContainsKey("Server");
        }
        catch (ArgumentException)
        {
            // Whatever it is, it names no server; the file's own parser says what is wrong with it.
            return false;
        }
    }
}
