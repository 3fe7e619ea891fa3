using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>What is done to a database before it is served, on a connection of its own. A refusal is one line for the operator.</summary>
internal static class PostgresSetup
{
    /// <exception cref="StorageSetupException">The server, the database or what is in it cannot be used.</exception>
    public static void Run(NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnection> step)
    {
        try
        {
            using var dataSource = PostgresSettings.Single(settings);
            using var connection = dataSource.OpenConnection();
            step(connection);
        }
        catch (Exception refused) when (refused is NpgsqlException or StorageException or TimeoutException)
        {
            throw new StorageSetupException(
                $"The database {settings.Database} on {settings.Host} cannot be used: {refused.Message}", refused);
        }
    }
}
