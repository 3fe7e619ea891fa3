using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Refuses poolers that lend sessions for a transaction or a statement. A session must belong to one connection from beginning to end,
/// because prepared statements, time limits, plans and <c>synchronous_commit</c> are set once for each session
/// (docs/decisions/0041-poolers-lend-whole-sessions.md).
/// </summary>
internal static class PostgresPoolers
{
    /// <summary>
    /// How often to compare. Once is enough if nobody else uses the pooler. With the transactions of others in between, or with several
    /// processes behind one address, a connection may keep its session by chance.
    /// </summary>
    private const int Rounds = 16;

    /// <summary>A connection has been made, so the pooler is there and is only busy if another one takes long.</summary>
    private const int TimeoutSeconds = 30;

    /// <exception cref="StorageSetupException">Two connections got the same session, or one connection got two.</exception>
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

    /// <summary>
    /// False with a pooler that lends sessions for single statements: it refuses to begin a transaction on a working connection.
    /// </summary>
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

    /// <param name="process">The server process of the connection.</param>
    private static bool SharesSession(NpgsqlDataSource dataSource, NpgsqlConnection connection, int process)
    {
        try
        {
            // A pooler would now lend the session that the first connection is not using.
            using var another = dataSource.OpenConnection();
            using var batch = new NpgsqlBatch(another);
            batch.Add("transaction_begin");
            batch.Add("session_process");
            return (int)batch.ExecuteScalar()! == process || PostgresMigrations.Ask<int>(connection, "session_process") != process;
        }
        catch (PostgresException confused) when (
            confused.SqlState is PostgresErrorCodes.DuplicatePreparedStatement or PostgresErrorCodes.InvalidSqlStatementName)
        {
            // The session has what another connection prepared, or lacks what this connection prepared.
            return true;
        }
    }
}
