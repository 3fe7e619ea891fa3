using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>The operator's connection string with what correctness needs; what is only a matter of taste stays as given.</summary>
internal static class PostgresSettings
{
    /// <summary>More connections than that only cost, on the server as here.</summary>
    private const int DefaultPoolSize = 24;

    /// <summary>
    /// Of a group but the largest: longer than it may wait for a lock, so that it is the server that gives up first and says so; and no
    /// longer, so that a machine that has died keeps nobody waiting when another has taken its place.
    /// </summary>
    public const int GroupTimeoutSeconds = 30;

    /// <summary>Of the probe of one node among several: the others are to be asked in time.</summary>
    public const int ProbeTimeoutSeconds = 2;

    /// <summary>Of everything else: longer than any statement may take on the server, so that the server gives up first.</summary>
    private const int CommandTimeoutSeconds = 90;

    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        var settings = Understand(() => new NpgsqlConnectionStringBuilder(connectionString));
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
            throw new StorageSetupException("The storage setting must name the server and the database: Host=…;Database=….");

        if (settings.Port is < 1 or > ushort.MaxValue)
            throw new StorageSetupException($"The storage setting is not understood: Port must be between 1 and {ushort.MaxValue}.");

        // A client that stops waiting for COMMIT must not take it for done: with -1 Npgsql breaks the connection instead of cancelling.
        settings.CancellationTimeout = -1;
        settings.CommandTimeout = CommandTimeoutSeconds;
        // The detail of an error quotes rows: codes, references, notes.
        settings.IncludeErrorDetail = false;
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= "scrip";
        // ContainsKey of this builder says whether there is such a setting, not whether it was given.
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 3;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = DefaultPoolSize;
        // Of several hosts the primary. (Of one, whatever it is: the driver would hold a host of which one connection has broken for away.)
        if (settings.Host.Contains(',', StringComparison.Ordinal))
            settings.TargetSessionAttributes = "primary";
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
            settings.HostRecheckSeconds = 1;
        if (!settings.ShouldSerialize("Tcp Keepalive Time"))
            NoticeDeadMachines(settings);
        return settings;
    }

    /// <summary>Some values are refused when the text is read, others when a source of connections is made from it.</summary>
    /// <exception cref="StorageSetupException">The driver refuses them.</exception>
    public static T Understand<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw new StorageSetupException($"The storage setting is not understood: {wrong.Message}".ReplaceLineEndings(" "), wrong);
        }
    }

    /// <summary>The same settings for one host.</summary>
    public static NpgsqlConnectionStringBuilder Only(NpgsqlConnectionStringBuilder settings, string host, int port) =>
        new(settings.ConnectionString) { Host = host, Port = port, TargetSessionAttributes = null };

    /// <summary>For one node of a cluster that these settings lead to. Each shard of a node has statements of its own.</summary>
    public static NpgsqlConnectionStringBuilder Of(NpgsqlConnectionStringBuilder cluster, string host, int port)
    {
        var node = Only(cluster, host, port);
        node.MaxAutoPrepare = 512;
        return node;
    }

    /// <summary>
    /// Connections for those who come and go. They leave nothing behind but transactions, which are rolled back all the same: to reset the
    /// session for each of them would cost the server more than a read does.
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
    /// Each connection is made anew and nobody's before. A request to cancel what somebody else did on it, which may come late, cannot meet
    /// a commit; nor do those who read all there is keep a writer waiting for a connection.
    /// </summary>
    public static NpgsqlDataSource Single(NpgsqlConnectionStringBuilder settings) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, HostRecheckSeconds = 0 });

    /// <summary>By their silence, while an answer is waited for: without it that takes hours by default.</summary>
    private static void NoticeDeadMachines(NpgsqlConnectionStringBuilder settings)
    {
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 2;
        settings.TcpKeepAliveInterval = 1;
    }
}
