using System.Diagnostics;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connection that writes, kept open from one group to the next and made anew when it has broken. Used by one thread.
/// </summary>
internal sealed class PostgresWriter(NpgsqlMultiHostDataSource dataSource) : IDisposable
{
    /// <summary>After a failed attempt others fail at once for so long: callers are not to queue up for a server that is away.</summary>
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private NpgsqlConnection? connection;
    private long? failedAt;
    private Exception? failure;

    /// <exception cref="StorageException">The server cannot be reached.</exception>
    public NpgsqlConnection Connect()
    {
        if (connection is { FullState: System.Data.ConnectionState.Open })
            return connection;
        connection?.Dispose();
        connection = null;
        if (failedAt is { } moment && Stopwatch.GetElapsedTime(moment) < PauseBetweenAttempts)
            throw PostgresFaults.Unreachable(failure!);
        try
        {
            connection = dataSource.OpenConnection(TargetSessionAttributes.Primary);
            using var settings = new NpgsqlCommand(PostgresStatements.Text("writer_session"), connection);
            settings.ExecuteNonQuery();
            failedAt = null;
            return connection;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            failedAt = Stopwatch.GetTimestamp();
            failure = error;
            throw PostgresFaults.Unreachable(error);
        }
    }

    /// <summary>The next group gets a new connection: this one may be in a state nobody knows.</summary>
    public void Abandon()
    {
        connection?.Dispose();
        connection = null;
    }

    public void Dispose() => Abandon();
}
