using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scrip.Server.Logging;

namespace Scrip.Server.Hosting;

/// <summary>
/// How many callers may be connected at once, over all addresses together; Kestrel's own limit counts each address for itself. One more is
/// closed as soon as it is accepted, so that those who are connected go on and the database still finds files to open.
/// </summary>
internal sealed class ConnectionLimit
{
    /// <summary>What may be opened besides what is open when the server starts: 64 readers of the database have two files each.</summary>
    private const int FilesToCome = 160;

    /// <summary>Below it the server would be of no use to anybody, and the limit of open files is what has to be changed.</summary>
    private const int FewestConnections = 16;

    /// <summary>
    /// Never taken by connections, whatever else has used up the files: a runtime that cannot open a file for a new thread or an assembly
    /// ends the process.
    /// </summary>
    private const int LastFiles = 32;

    private const int FileLimitMilliseconds = 1_000;

    private readonly ILogger<ConnectionLimit> logger;
    private int open;
    private int isReported;
    private int fileLimit = int.MaxValue;
    private long lookedUpAt = -FileLimitMilliseconds;

    /// <exception cref="SettingsException">So many connections would need more files than the process may open.</exception>
    public ConnectionLimit(IOptions<ScripOptions> options, ILogger<ConnectionLimit> logger)
        : this(options.Value.MaxConnections, OpenFiles.Limit, OpenFiles.Count, logger)
    {
    }

    internal ConnectionLimit(int? setting, int? fileLimit, int openFiles, ILogger<ConnectionLimit> logger)
    {
        this.logger = logger;
        // A tenth stays free; of few files, those that are needed otherwise.
        var possible = fileLimit is { } files ? files - Math.Max(files / 10, openFiles + FilesToCome) : int.MaxValue;
        if (possible < FewestConnections)
        {
            throw new SettingsException(
                $"This process may have only {fileLimit} files open, and needs at least {openFiles + FilesToCome + FewestConnections}. "
                + "Raise its limit: LimitNOFILE= in a systemd unit, --ulimit nofile= of a container, ulimit -n in a shell.");
        }
        if (setting > possible)
        {
            throw new SettingsException(
                $"A setting cannot be used: MaxConnections is {setting}, and this process may have {fileLimit} files open, which is "
                + $"enough for {possible} connections. Raise that limit (LimitNOFILE=, --ulimit nofile=, ulimit -n), or lower "
                + "MaxConnections.");
        }
        Most = setting ?? possible;
    }

    public int Most { get; }

    /// <summary>
    /// False for a connection that is one too many, or that has one of the last files. Any other is counted until <see cref="Count"/> sees
    /// it end.
    /// </summary>
    public bool TryEnter(Socket accepted)
    {
        var isOneOfTheLast = accepted.Handle > FileLimit() - LastFiles;
        if (Interlocked.Increment(ref open) <= Most && !isOneOfTheLast)
            return true;
        Leave();
        if (Interlocked.Exchange(ref isReported, 1) == 0)
        {
            if (isOneOfTheLast)
                LogMessages.FilesFull(logger, FileLimit());
            else
                LogMessages.ConnectionsFull(logger, Most);
        }
        return false;
    }

    public ConnectionDelegate Count(ConnectionDelegate next) => async connection =>
    {
        try
        {
            await next(connection);
        }
        finally
        {
            Leave();
        }
    };

    /// <summary>
    /// Looked up again once a second, since it can be changed while the process runs. The system gives each new file the lowest number that
    /// is free, so a high one says that all below it are in use.
    /// </summary>
    private int FileLimit()
    {
        if (Environment.TickCount64 - lookedUpAt >= FileLimitMilliseconds)
        {
            lookedUpAt = Environment.TickCount64;
            fileLimit = OpenFiles.Limit ?? int.MaxValue;
        }
        return fileLimit;
    }

    private void Leave()
    {
        // Said again once there has been room for a while.
        if (Interlocked.Decrement(ref open) < Most / 2)
            Volatile.Write(ref isReported, 0);
    }
}
