using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Cancels the statements of callers who have gone, over connections of its own. The driver could do it, but it blocks while it waits for
/// the server, and the thread that it blocks may be the one that has to receive the answer
/// (docs/decisions/0039-cancelling-without-the-driver.md).
/// </summary>
internal sealed class PostgresCancellation(NpgsqlConnectionStringBuilder settings) : IDisposable
{
    /// <summary>A request that arrives before the statement has begun finds nothing to cancel.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource connections = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
    {
        MaxPoolSize = 2,
        MinPoolSize = 0,
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 10,
        CommandTimeout = 5,
        NoResetOnClose = true,
    });

    /// <summary>
    /// Returns once the statement has ended, whether it succeeded or not. No request to cancel is in flight by then, so none can hit the
    /// next statement on that connection.
    /// </summary>
    /// <param name="processId">The server's process that carries the statement out.</param>
    public async Task WatchAsync(Task statement, int processId, CancellationToken cancellationToken)
    {
        await statement.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!statement.IsCompleted)
        {
            await EndAsync(processId);
            await statement.WaitAsync(Repeat, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => connections.Dispose();

    private async Task EndAsync(int processId)
    {
        try
        {
            await ThreadPoolContext.RunAsync(async () =>
            {
                await using var connection = await connections.OpenConnectionAsync(CancellationToken.None);
                await using var command = new NpgsqlCommand(PostgresStatements.Text("statement_cancel"), connection);
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = processId });
                return await command.ExecuteScalarAsync(CancellationToken.None);
            });
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or SocketException)
        {
            // The server cannot be asked now. The statement ends by its own time limit, or the next request ends it.
        }
    }
}
