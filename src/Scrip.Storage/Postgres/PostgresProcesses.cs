using System.Collections.Concurrent;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The server process behind each connection that reads. <see cref="NpgsqlConnection.ProcessID"/> is that process only without a pooler; a
/// pooler gives each connection its own number, which stays the same for the life of the connection.
/// </summary>
internal sealed class PostgresProcesses
{
    /// <summary>
    /// The maximum of known connections, far more than are open at once. Beyond it all are forgotten, which removes closed ones.
    /// </summary>
    private const int MostKnown = 4_096;

    private readonly ConcurrentDictionary<int, int> known = new();

    /// <summary>Returns the process of a connection. The first time, it is queried on the connection itself.</summary>
    public async Task<int> OfAsync(NpgsqlConnection connection)
    {
        if (known.TryGetValue(connection.ProcessID, out var process))
            return process;
        await using var ask = new NpgsqlCommand(PostgresStatements.Text("session_process"), connection);
        process = (int)(await ask.ExecuteScalarAsync(CancellationToken.None))!;
        if (known.Count >= MostKnown)
            known.Clear();
        known[connection.ProcessID] = process;
        return process;
    }
}
