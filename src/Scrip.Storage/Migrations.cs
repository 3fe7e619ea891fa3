using Scrip.Storage.Postgres;
using Scrip.Storage.Sqlite;

namespace Scrip.Storage;

/// <summary>
/// Brings a database to the schema that this program knows. Serving a database does the same; these methods let an operator migrate
/// beforehand, with another role, or see first what a migration would do.
/// </summary>
public static class Migrations
{
    /// <param name="done">Receives each step after it is done.</param>
    /// <exception cref="StorageSetupException">The setting, or the database that it names, is unusable.</exception>
    public static void Run(StoreSettings settings, Distribution distribution, DateTimeOffset now, Action<string> done)
    {
        if (Stores.NamesServer(settings.ConnectionString))
        {
            PostgresSetup.Run(PostgresSettings.Parse(settings.ConnectionString), connection =>
            {
                PostgresMigrations.Run(connection, settings, now, done);
                if (distribution == Distribution.Citus)
                    PostgresDistribution.Run(connection, done);
            });
        }
        else
        {
            RefuseDistributed(distribution);
            SqliteStore.Open(settings, now, done).Dispose();
        }
    }

    /// <summary>Lists what <see cref="Run"/> would do. Changes nothing; the database may be in use.</summary>
    /// <exception cref="StorageSetupException">The setting, or the database that it names, is unusable.</exception>
    public static IReadOnlyList<string> FindPending(StoreSettings settings, Distribution distribution)
    {
        if (!Stores.NamesServer(settings.ConnectionString))
        {
            RefuseDistributed(distribution);
            return SqliteMigrations.FindPending(settings);
        }
        var pending = new List<string>();
        PostgresSetup.Run(PostgresSettings.Parse(settings.ConnectionString), connection =>
        {
            pending.AddRange(PostgresMigrations.FindPending(connection, settings));
            if (distribution == Distribution.Citus)
                pending.AddRange(PostgresDistribution.FindPending(connection));
        });
        return pending;
    }

    /// <summary>Names a step for operators, from the name of its file.</summary>
    internal static string StepName(string file) => $"migration {file[(file.LastIndexOf('/') + 1)..]}";

    private static void RefuseDistributed(Distribution distribution)
    {
        if (distribution != Distribution.None)
            throw new StorageSetupException("Only a PostgreSQL database can be distributed; the storage setting names a file.");
    }
}

/// <summary>How the tables are distributed over several machines.</summary>
public enum Distribution
{
    None,
    Citus,
}
