using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Ends the statements of callers who have left, from connections of its own. The driver could do it too, but waits meanwhile for the
/// server on whichever thread meets it, and that may be the one that has to receive for both
/// (docs/decisions/0039-cancelling-without-the-driver.md).
/// </summary>
internal sealed class PostgresCancellation(NpgsqlConnectionStringBuilder settings) : IDisposable
{
    /// <summary>A request that comes before the statement has begun finds nothing to end.</summary>
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
    /// Returns when the statement has ended, well or not. No request to end it is under way then, which would meet whoever has its
    /// connection next.
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
