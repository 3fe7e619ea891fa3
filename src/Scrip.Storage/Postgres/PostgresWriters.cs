using System.Collections.Concurrent;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that write: as many as write at the same moment, and no more. The one used last is the next to be used, so that a server
/// with one busy site has one, with its plans and prepared statements.
/// </summary>
/// <param name="prepare">Run before every new connection is made; see <see cref="PostgresPreparation.Run"/>.</param>
internal sealed class PostgresWriters(NpgsqlDataSource dataSource, Action prepare) : IDisposable
{
    private readonly ConcurrentStack<PostgresWriter> free = new();

    /// <summary><see cref="GiveBack"/> follows.</summary>
    public PostgresWriter Take() => free.TryPop(out var writer) ? writer : new PostgresWriter(dataSource, prepare);

    public void GiveBack(PostgresWriter writer) => free.Push(writer);

    /// <summary>When nobody writes any more.</summary>
    public void Dispose()
    {
        foreach (var writer in free)
            writer.Dispose();
        dataSource.Dispose();
    }
}
