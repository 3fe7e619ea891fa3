using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// One server with its connections. Plain PostgreSQL is a single node; a Citus cluster has its coordinator and its workers.
/// </summary>
internal sealed class PostgresNode : IDisposable
{
    private readonly PostgresHeartbeat heartbeat;

    /// <param name="plansOnce">See <see cref="PostgresWriter"/>.</param>
    /// <param name="prepare">Runs before every new connection for writes.</param>
    /// <param name="requirePrepared">Throws until the database is prepared.</param>
    public PostgresNode(
        NpgsqlConnectionStringBuilder settings, TimeSpan longestList, Func<bool> plansOnce, Action prepare, Action requirePrepared)
    {
        Address = AddressOf(settings);
        heartbeat = new PostgresHeartbeat(settings, Renew);
        Readers = new PostgresReaders(settings, heartbeat, new PostgresShares(settings.MaxPoolSize, longestList), requirePrepared);
        Certificates = new PostgresCertificateReads(Readers);
        Writers = new PostgresWriters(settings, heartbeat, plansOnce, prepare);
    }

    /// <summary>Host and port, for people and as the node's name.</summary>
    public string Address { get; }

    /// <summary>See <see cref="ILedgerWriter.FindServerAsync"/>.</summary>
    public int Number { get; init; }

    public PostgresReaders Readers { get; }

    public PostgresCertificateReads Certificates { get; }

    public PostgresWriters Writers { get; }

    public static string AddressOf(NpgsqlConnectionStringBuilder settings) =>
        FormattableString.Invariant($"{settings.Host}:{settings.Port}");

    /// <summary>Starts the heartbeat, so that no caller waits for a silent node. Called once, before the first read.</summary>
    /// <param name="host">The primary that has just responded.</param>
    public void Watch(string? host, int port) => heartbeat.Start(host, port);

    public void Dispose()
    {
        Writers.Dispose();
        Readers.Dispose();
        heartbeat.Dispose();
    }

    private void Renew(NpgsqlConnectionStringBuilder found)
    {
        Writers.Renew(found);
        Readers.Renew(found);
    }
}

/// <summary>Where a site is stored.</summary>
/// <param name="Tables">The names of its tables there.</param>
internal sealed record PostgresPlace(PostgresNode Node, PostgresTables Tables)
{
    /// <summary>Whether something has failed there, so that the place is looked up again before it is used.</summary>
    public bool IsInDoubt { get; init; }
}
