using System.Collections.Concurrent;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that write: as many as write at the same moment, and no more. The one used last is the next to be used, so that a server
/// with one busy site has one, with its plans and prepared statements.
/// </summary>
/// <param name="plansOnce">See <see cref="PostgresWriter"/>.</param>
/// <param name="prepare">Run before every new connection is made; see <see cref="PostgresPreparation.Run"/>.</param>
internal sealed class PostgresWriters(
    NpgsqlConnectionStringBuilder settings, PostgresHeartbeat heartbeat, Func<bool> plansOnce, Action prepare) : IDisposable
{
    /// <summary>The server is told that a connection ends, unless it does not listen.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    private readonly ConcurrentStack<PostgresWriter> free = new();
    private volatile NpgsqlDataSource dataSource = PostgresSettings.Single(settings);

    /// <summary><see cref="GiveBack"/> follows.</summary>
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

    /// <summary>Makes sure that there is a connection, with all that is done before the first one.</summary>
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

    /// <summary>For the connections that are made from now on.</summary>
    public void Renew(NpgsqlConnectionStringBuilder found)
    {
        dataSource.Dispose();
        dataSource = PostgresSettings.Single(found);
        CloseFree();
    }

    /// <summary>When nobody writes any more.</summary>
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
