using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>Runs steps of setting up or migrating a database on their own connection. A refusal is one line for the operator.</summary>
internal static class PostgresSetup
{
    /// <exception cref="StorageAwayException">The server is currently unavailable.</exception>
    /// <exception cref="StorageSetupException">The server, the database or its contents are unusable.</exception>
    public static void Run(NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnection> step)
    {
        try
        {
            using var dataSource = PostgresSettings.Single(settings);
            using var connection = dataSource.OpenConnection();
            PostgresPoolers.RefuseSharedSessions(settings, connection);
            step(connection);
        }
        catch (Exception refused) when (refused is not StorageSetupException)
        {
            var message = $"The database {settings.Database} on {settings.Host} cannot be used: {refused.Message}".ReplaceLineEndings(" ");
            throw MayPass(refused, hasSeveralHosts: settings.Host!.Contains(',', StringComparison.Ordinal))
                ? new StorageAwayException(message, refused)
                : new StorageSetupException(message, refused);
        }
    }

    /// <summary>
    /// Whether a failure may pass without the operator: the server is unavailable, starting, failing over or out of resources.
    /// </summary>
    private static bool MayPass(Exception refused, bool hasSeveralHosts) => refused switch
    {
        PostgresException answered => answered.SqlState switch
        {
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => true,
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
            ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] => true,
            _ => false,
        },
        // With several hosts the driver may find no primary now, and it names no cause.
        NpgsqlException lost => lost.IsTransient || hasSeveralHosts,
        StorageException or TimeoutException or SocketException => true,
        _ => false,
    };
}
