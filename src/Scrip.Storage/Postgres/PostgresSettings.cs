using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>Adds to the operator's connection string what correctness requires. Everything else stays as given.</summary>
internal static class PostgresSettings
{
    /// <summary>The default pool size. More connections only cost, on the server and here.</summary>
    private const int DefaultPoolSize = 24;

    /// <summary>
    /// The time limit of every group but the largest. It is longer than a group may wait for a lock, so that the server gives up first and
    /// says why. It is no longer than that, so that a dead machine delays nobody once another has taken its place.
    /// </summary>
    public const int GroupTimeoutSeconds = 30;

    /// <summary>The time limit for probing one of several nodes, so that the others are probed in time.</summary>
    public const int ProbeTimeoutSeconds = 2;

    /// <summary>
    /// The time limit of everything else. It is longer than any statement may take on the server, so that the server gives up first.
    /// </summary>
    private const int CommandTimeoutSeconds = 90;

    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        var settings = Understand(() => new NpgsqlConnectionStringBuilder(connectionString));
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
            throw new StorageSetupException("The storage setting must name the server and the database: Host=…;Database=….");

        if (settings.Port is < 1 or > ushort.MaxValue)
            throw new StorageSetupException($"The storage setting is invalid: Port must be between 1 and {ushort.MaxValue}.");

        // A client that stops waiting for COMMIT must not assume that it succeeded. With -1 Npgsql breaks the connection instead of
        // cancelling.
        settings.CancellationTimeout = -1;
        settings.CommandTimeout = CommandTimeoutSeconds;
        // The detail of an error quotes rows with codes, references and notes.
        settings.IncludeErrorDetail = false;
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= "scrip";
        // ContainsKey of this builder tells whether such a setting exists, not whether it was given.
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 3;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = DefaultPoolSize;
        // With several hosts, only the primary. (With one host, any: the driver would consider it unavailable after one broken connection.)
        if (settings.Host.Contains(',', StringComparison.Ordinal))
            settings.TargetSessionAttributes = "primary";
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
            settings.HostRecheckSeconds = 1;
        if (!settings.ShouldSerialize("Tcp Keepalive Time"))
            NoticeDeadMachines(settings);
        return settings;
    }

    /// <summary>Parses settings. Some values are refused when the text is read, others when a data source is created.</summary>
    /// <exception cref="StorageSetupException">The driver refuses the settings.</exception>
    public static T Understand<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw new StorageSetupException($"The storage setting is invalid: {wrong.Message}".ReplaceLineEndings(" "), wrong);
        }
    }

    /// <summary>Returns the settings for one host.</summary>
    public static NpgsqlConnectionStringBuilder Only(NpgsqlConnectionStringBuilder settings, string host, int port) =>
        new(settings.ConnectionString) { Host = host, Port = port, TargetSessionAttributes = null };

    /// <summary>Returns the settings for one node of a cluster. Each shard of a node has statements of its own.</summary>
    public static NpgsqlConnectionStringBuilder Of(NpgsqlConnectionStringBuilder cluster, string host, int port)
    {
        var node = Only(cluster, host, port);
        node.MaxAutoPrepare = 512;
        return node;
    }

    /// <summary>
    /// Creates a pool of short-lived connections. They leave nothing behind but transactions, which are rolled back anyway; resetting the
    /// session each time would cost the server more than a read does.
    /// </summary>
    public static NpgsqlDataSource Pool(NpgsqlConnectionStringBuilder settings)
    {
        var pool = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { NoResetOnClose = true }.ConnectionString);
        pool.UsePhysicalConnectionInitializer(
            static _ => throw new NotSupportedException("Readers are opened asynchronously."),
            connection => ThreadPoolContext.RunAsync(async () =>
            {
                await using var session = new NpgsqlCommand(PostgresStatements.Text("reader_session"), connection);
                return await session.ExecuteNonQueryAsync();
            }));
        return pool.Build();
    }

    /// <summary>
    /// Creates a source in which each connection is new. A late cancel request for an earlier user of a connection thus cannot hit a
    /// commit, and readers of whole tables cannot keep a writer waiting for a connection.
    /// </summary>
    public static NpgsqlDataSource Single(NpgsqlConnectionStringBuilder settings) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, HostRecheckSeconds = 0 });

    /// <summary>Detects a dead machine by its silence while a response is awaited. By default that takes hours.</summary>
    private static void NoticeDeadMachines(NpgsqlConnectionStringBuilder settings)
    {
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 2;
        settings.TcpKeepAliveInterval = 1;
    }
}
