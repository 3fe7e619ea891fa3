using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// A session must belong to one connection from its beginning to its end: prepared statements, time limits, plans and
/// <c>synchronous_commit</c> are set once for it. A pooler that lends sessions for a transaction or a statement takes all of that away
/// (docs/decisions/0041-poolers-lend-whole-sessions.md).
/// </summary>
internal static class PostgresPoolers
{
    /// <summary>
    /// One is enough with a pooler that nobody else uses. With others' transactions in between, or several processes behind one address, a
    /// connection may keep its session by chance.
    /// </summary>
    private const int Rounds = 16;

    /// <summary>One connection has been made: the pooler is there, and only busy if it takes long over others.</summary>
    private const int TimeoutSeconds = 30;

    /// <exception cref="StorageSetupException">Two connections were given one session, or one connection was given two.</exception>
    public static void RefuseSharedSessions(NpgsqlConnectionStringBuilder settings, NpgsqlConnection connection)
    {
        var process = PostgresMigrations.Ask<int>(connection, "session_process");
        if (process == connection.ProcessID)
            return;
        using var dataSource = PostgresSettings.Single(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Timeout = Math.Max(settings.Timeout, TimeoutSeconds) });
        if (!TakesTransactions(connection) || Enumerable.Range(0, Rounds).Any(_ => SharesSession(dataSource, connection, process)))
        {
            throw new StorageSetupException(
                "A pooler shares the database's sessions among connections; its pool_mode must be session.");
        }
    }

    /// <summary>A pooler that lends sessions for single statements refuses to begin one on a connection that works.</summary>
    private static bool TakesTransactions(NpgsqlConnection connection)
    {
        try
        {
            PostgresMigrations.Execute(connection, PostgresStatements.Text("transaction_begin"));
            PostgresMigrations.Execute(connection, PostgresStatements.Text("transaction_rollback"));
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            return false;
        }
    }

    /// <param name="process">The connection's.</param>
    private static bool SharesSession(NpgsqlDataSource dataSource, NpgsqlConnection connection, int process)
    {
        try
        {
            // The session that the connection does not need at this moment is the one that a pooler would lend now.
            using var another = dataSource.OpenConnection();
            using var batch = new NpgsqlBatch(another);
            batch.Add("transaction_begin");
            batch.Add("session_process");
            return (int)batch.ExecuteScalar()! == process || PostgresMigrations.Ask<int>(connection, "session_process") != process;
        }
        catch (PostgresException confused) when (
            confused.SqlState is PostgresErrorCodes.DuplicatePreparedStatement or PostgresErrorCodes.InvalidSqlStatementName)
        {
            // The session has what another connection prepared, or lacks what this one did.
            return true;
        }
    }
}
