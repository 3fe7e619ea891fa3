using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Cancels the statements of disconnected callers over its own connections. The driver can cancel too, but it blocks while it waits for the
/// server, and the blocked thread may be the one that must receive the response (docs/decisions/0039-cancelling-without-the-driver.md).
/// </summary>
internal sealed class PostgresCancellation(NpgsqlConnectionStringBuilder settings) : IDisposable
{
    /// <summary>How often to repeat a request: one that arrives before its statement has begun cancels nothing.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(1);

    private volatile NpgsqlDataSource connections = Connections(settings);

    /// <summary>
    /// Returns true once the statement has ended, whether it succeeded or not. By then no cancel request is in flight, so none can hit the
    /// next statement on that connection. Returns false if the database falls silent first.
    /// </summary>
    /// <param name="processId">The server process that runs the statement.</param>
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

    /// <summary>Changes the settings for all later requests.</summary>
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
