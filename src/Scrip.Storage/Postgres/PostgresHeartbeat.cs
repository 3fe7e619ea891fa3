using System.Diagnostics;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Checks every second whether the database responds. A server that hangs, or a machine that has vanished, keeps its connections open, so
/// that every caller would wait for its full time limit. When the database is silent, all waiting callers are released, their connections
/// are never used again, and new calls fail at once until it responds (docs/decisions/0042-a-silent-database.md). The duration of
/// statements does not matter.
/// </summary>
/// <param name="settings">May name several hosts. Only the heartbeat searches them for the primary (<see cref="PostgresHosts"/>).</param>
/// <param name="renew">
/// Receives the settings of the host to use, before new calls are allowed. Earlier connections must not be used any more.
/// </param>
internal sealed class PostgresHeartbeat(NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnectionStringBuilder> renew) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The pause between attempts to get a response again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a response may take. It needs no disk and no lock, so a later one is not to be expected.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    private readonly ManualResetEventSlim stopping = new();

    /// <summary>
    /// Has no time limit in the driver: when that passes, the driver first asks the server to cancel, and waits for a server that hangs.
    /// </summary>
    private NpgsqlDataSource dataSource = SourceFor(settings);

    private readonly PostgresHosts hosts = new(settings);
    private volatile CancellationTokenSource silence = new();
    private volatile bool isBehind;
    private NpgsqlConnection? connection;
    private Thread? thread;
    private long answeredAt;

    /// <summary>Begins the checks. Called once.</summary>
    /// <param name="host">The primary that has just responded.</param>
    public void Start(string? host, int port)
    {
        if (hosts.Use(host, port))
            Renew();
        answeredAt = Stopwatch.GetTimestamp();
        thread = new Thread(Run) { Name = "Scrip heartbeat", IsBackground = true };
        thread.Start();
    }

    /// <summary>
    /// Returns the token that is cancelled when the database falls silent. Connections from before and after a silence have different
    /// tokens.
    /// </summary>
    /// <exception cref="StorageException">The database is silent now.</exception>
    public CancellationToken Require()
    {
        var token = silence.Token;
        if (!token.IsCancellationRequested)
            return token;
        throw isBehind ? PostgresFaults.Behind() : PostgresFaults.Silent();
    }

    public void Dispose()
    {
        stopping.Set();
        thread?.Join(Interval);
        dataSource.Dispose();
    }

    private void Run()
    {
        var pause = Interval;
        while (!stopping.Wait(pause))
        {
            if (Answers())
            {
                answeredAt = Stopwatch.GetTimestamp();
                pause = Interval;
                continue;
            }
            if (Stopwatch.GetElapsedTime(answeredAt) >= LongestAnswer)
                FallSilent();
            pause = Retry;
        }
        connection?.Dispose();
    }

    private static NpgsqlDataSource SourceFor(NpgsqlConnectionStringBuilder searched) =>
        PostgresSettings.Single(new(searched.ConnectionString)
        {
            ApplicationName = $"{searched.ApplicationName} heartbeat",
            CommandTimeout = 0,
        });

    private bool Answers()
    {
        var asking = AskAsync(connection);
        connection = null;
        try
        {
            if (!asking.Wait(LongestAnswer))
            {
                _ = CloseAsync(asking);
                return false;
            }
            return GoOnWith(asking.Result);
        }
        catch (AggregateException fault) when (fault.InnerException is PostgresException)
        {
            // A refusal is a response too: the server does not hang.
            return true;
        }
#pragma warning disable CA1031 // Whatever went wrong, there was no answer; a fault that leaves this thread would end the server.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task<Answer> AskAsync(NpgsqlConnection? open)
    {
        var asked = open ?? await dataSource.OpenConnectionAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var question = new NpgsqlCommand(PostgresStatements.Text("heartbeat"), asked);
            await question.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
            if (open is not null || !hosts.AreSeveral)
                return new Answer(asked, Timeline: null);
            var timeline = new NpgsqlCommand(PostgresStatements.Text("primary_timeline"), asked);
            return new Answer(asked, (string?)await timeline.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch
        {
            await asked.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(Task<Answer> asking)
    {
        var late = await asking.ConfigureAwait(false);
        await late.Connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Returns false if this host must not be used. If another host has become the primary, waiting on the previous one is pointless.
    /// </summary>
    private bool GoOnWith(Answer answer)
    {
        isBehind = answer.Timeline is { } timeline && !hosts.Accepts(timeline);
        if (isBehind)
        {
            answer.Connection.Dispose();
            return false;
        }
        connection = answer.Connection;
        if (hosts.Use(connection.Host, connection.Port))
            FallSilent();
        if (silence.IsCancellationRequested)
        {
            Renew();
            silence = new CancellationTokenSource();
        }
        return true;
    }

    private void Renew()
    {
        renew(hosts.Used);
        dataSource.Dispose();
        dataSource = SourceFor(hosts.Searched);
    }

    /// <summary>Releases all waiting callers asynchronously, because none of them may delay the heartbeat.</summary>
    private void FallSilent() => _ = silence.CancelAsync();

    /// <param name="Timeline">See <see cref="PostgresHosts.Accepts"/>. Null with one host, or if the connection was open before.</param>
    private readonly record struct Answer(NpgsqlConnection Connection, string? Timeline);
}
