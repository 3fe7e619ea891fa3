using System.Collections.Concurrent;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The server's process behind each connection that reads. <see cref="NpgsqlConnection.ProcessID"/> is that process only without a pooler;
/// a pooler gives each connection a number of its own, which lasts as long as the connection.
/// </summary>
internal sealed class PostgresProcesses
{
    /// <summary>Far more connections than are open at once: connections that have gone are forgotten by forgetting all.</summary>
    private const int MostKnown = 4_096;

    private readonly ConcurrentDictionary<int, int> known = new();

    /// <summary>Asked on the connection itself the first time it is used.</summary>
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
