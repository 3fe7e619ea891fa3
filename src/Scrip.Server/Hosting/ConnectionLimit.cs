using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scrip.Server.Logging;

namespace Scrip.Server.Hosting;

/// <summary>
/// Limits how many callers may be connected at once, over all addresses together; Kestrel's own limit counts each address separately. A
/// further connection is closed as soon as it is accepted, so that existing connections continue and the database can still open files.
/// </summary>
internal sealed class ConnectionLimit
{
    /// <summary>How many more files may be opened after the start: 64 readers of the database use two files each.</summary>
    private const int FilesToCome = 160;

    /// <summary>With fewer connections the server would be useless, and the limit of open files must be raised.</summary>
    private const int FewestConnections = 16;

    /// <summary>
    /// Files that connections never take, whatever else has used up the files: a runtime that cannot open a file for a new thread or an
    /// assembly ends the process.
    /// </summary>
    private const int LastFiles = 32;

    private const int FileLimitMilliseconds = 1_000;

    private readonly ILogger<ConnectionLimit> logger;
    private int open;
    private int isReported;
    private int fileLimit = int.MaxValue;
    private long lookedUpAt = -FileLimitMilliseconds;

    /// <exception cref="SettingsException">The configured connections would need more files than the process may open.</exception>
    public ConnectionLimit(IOptions<ScripOptions> options, ILogger<ConnectionLimit> logger)
        : this(options.Value.MaxConnections, OpenFiles.Limit, OpenFiles.Count, logger)
    {
    }

    internal ConnectionLimit(int? setting, int? fileLimit, int openFiles, ILogger<ConnectionLimit> logger)
    {
        this.logger = logger;
        // A tenth of the files stays free; if there are few, those that are needed otherwise.
        var possible = fileLimit is { } files ? files - Math.Max(files / 10, openFiles + FilesToCome) : int.MaxValue;
        if (possible < FewestConnections)
        {
            throw new SettingsException(
                $"This process may open only {fileLimit} files and needs at least {openFiles + FilesToCome + FewestConnections}. "
                + "Raise its limit: LimitNOFILE= in a systemd unit, --ulimit nofile= of a container, ulimit -n in a shell.");
        }
        if (setting > possible)
        {
            throw new SettingsException(
                $"A setting is invalid: MaxConnections is {setting}, and this process may have {fileLimit} files open, which is "
                + $"enough for {possible} connections. Raise that limit (LimitNOFILE=, --ulimit nofile=, ulimit -n), or lower "
                + "MaxConnections.");
        }
        Most = setting ?? possible;
    }

    public int Most { get; }

    /// <summary>
    /// Returns false for a connection beyond the limit, or one that has one of the last files. Any other is counted until
    /// <see cref="Count"/> sees it end.
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
    /// Refreshed once a second, since the limit can change while the process runs. The system gives each new file the lowest free number,
    /// so a high number means that all below it are in use.
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
        // The message is repeated only after there has been room for a while.
        if (Interlocked.Decrement(ref open) < Most / 2)
            Volatile.Write(ref isReported, 0);
    }
}
