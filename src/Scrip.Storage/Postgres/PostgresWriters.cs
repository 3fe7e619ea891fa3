using System.Collections.Concurrent;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that write, as many as write at the same moment. The connection used last is used next, so that a server with one busy
/// site has a single connection, with its plans and prepared statements.
/// </summary>
/// <param name="plansOnce">See <see cref="PostgresWriter"/>.</param>
/// <param name="prepare">Runs before every new connection is made.</param>
internal sealed class PostgresWriters(
    NpgsqlConnectionStringBuilder settings, PostgresHeartbeat heartbeat, Func<bool> plansOnce, Action prepare) : IDisposable
{
    /// <summary>How long to wait while telling the server that a connection ends, in case it does not respond.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    private readonly ConcurrentStack<PostgresWriter> free = new();
    private volatile NpgsqlDataSource dataSource = PostgresSettings.Single(settings);

    /// <summary>Takes a writer. Return it with <see cref="GiveBack"/>.</summary>
    /// <exception cref="StorageException">The database is silent.</exception>
    public PostgresWriter Take()
    {
        var silence = heartbeat.Require();
        while (free.TryPop(out var writer))
        {
            if (writer.Silence == silence)
                return writer;
            _ = writer.CloseAsync();
        }
        return new PostgresWriter(() => dataSource, plansOnce, prepare, silence);
    }

    /// <summary>Makes sure that a connection exists, including all preparation before the first one.</summary>
    /// <exception cref="StorageException">The server cannot be reached.</exception>
    public void Connect() => Use(static writer =>
    {
        writer.Begin();
        writer.RollBack();
    });

    /// <exception cref="StorageException">The database is silent.</exception>
    public void Use(Action<PostgresWriter> step)
    {
        var writer = Take();
        try
        {
            step(writer);
        }
        finally
        {
            GiveBack(writer);
        }
    }

    public void GiveBack(PostgresWriter writer)
    {
        if (writer.Silence.IsCancellationRequested)
            _ = writer.CloseAsync();
        else
            free.Push(writer);
    }

    /// <summary>Changes the settings of all later connections.</summary>
    public void Renew(NpgsqlConnectionStringBuilder found)
    {
        dataSource.Dispose();
        dataSource = PostgresSettings.Single(found);
        CloseFree();
    }

    /// <summary>Closes the connections. Call it when no writer is in use any more.</summary>
    public void Dispose()
    {
        Task.WaitAll(CloseFree(), LongestFarewell);
        dataSource.Dispose();
    }

    private Task[] CloseFree()
    {
        var closing = new List<Task>();
        while (free.TryPop(out var writer))
            closing.Add(writer.CloseAsync());
        return [.. closing];
    }
}
