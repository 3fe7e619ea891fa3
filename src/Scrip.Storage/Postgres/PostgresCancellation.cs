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

    private volatile NpgsqlDataSource connections = Connections(settings);

    /// <summary>
    /// Returns true once the statement has ended, whether it succeeded or not. No request to cancel is in flight by then, so none can hit
    /// the next statement on that connection. Returns false when the database falls silent before.
    /// </summary>
    /// <param name="processId">The server's process that carries the statement out.</param>
    /// <param name="silence">See <see cref="PostgresHeartbeat.Require"/>.</param>
    public async Task<bool> WatchAsync(Task statement, int processId, CancellationToken cancellationToken, CancellationToken silence)
    {
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence))
            await statement.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!statement.IsCompleted && !silence.IsCancellationRequested)
        {
            await EndAsync(processId).WaitAsync(silence).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await statement.WaitAsync(Repeat, silence).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return statement.IsCompleted;
    }

    /// <summary>For the requests that are made from now on.</summary>
    public void Renew(NpgsqlConnectionStringBuilder found)
    {
        connections.Dispose();
        connections = Connections(found);
    }

    public void Dispose() => connections.Dispose();

    private static NpgsqlDataSource Connections(NpgsqlConnectionStringBuilder settings) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            MaxPoolSize = 2,
            MinPoolSize = 0,
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 10,
            CommandTimeout = 5,
            NoResetOnClose = true,
        });

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
        catch (Exception error) when (error is NpgsqlException or TimeoutException or SocketException or ObjectDisposedException)
        {
            // The server cannot be asked now. The statement ends by its own time limit, or the next request ends it.
        }
    }
}
