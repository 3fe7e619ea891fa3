using System.Data.Common;
using Scrip.Storage.Postgres;
using Scrip.Storage.Sqlite;

namespace Scrip.Storage;

/// <summary>
/// Opens the database that a connection string names: <c>Data Source=…</c> is a SQLite file, <c>Host=…</c> is PostgreSQL.
/// </summary>
public static class Stores
{
    /// <summary>Opens a store for serving. It also succeeds if the server is unavailable now; see <see cref="IStore.Obstacle"/>.</summary>
    /// <exception cref="StorageSetupException">The setting, or the database that it names, is unusable.</exception>
    public static IStore Open(StoreSettings settings, DateTimeOffset now) =>
        NamesServer(settings.ConnectionString) ? PostgresStore.Open(settings, now) : SqliteStore.Open(settings, now);

    /// <summary>
    /// Opens a database for reading. It changes nothing, not even the schema, and does not disturb a server that uses it.
    /// </summary>
    /// <exception cref="StorageSetupException">The setting, or the database that it names, is unusable.</exception>
    public static IReadOnlyStore OpenReadOnly(StoreSettings settings) =>
        NamesServer(settings.ConnectionString) ? PostgresStore.OpenReadOnly(settings) : SqliteReadOnlyStore.Open(settings);

    /// <summary>Whether the connection string is for PostgreSQL and not for a file.</summary>
    /// <exception cref="StorageSetupException">The setting is unusable.</exception>
    internal static bool NamesServer(string connectionString)
    {
        if (connectionString.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            throw new StorageSetupException(
                "The storage setting for PostgreSQL must be written as Host=…;Database=…;Username=…, not as a URL.");
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.ContainsKey("Host") || parts.ContainsKey("Server");
        }
        catch (ArgumentException)
        {
            // Whatever it is, it does not name a server; the parser for files reports what is wrong with it.
            return false;
        }
    }
}
