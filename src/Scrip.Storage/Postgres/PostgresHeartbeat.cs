using System.Diagnostics;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Asks the database every second whether it answers. A server that hangs, or a machine that has vanished, keeps its connections: whoever
/// waits on one would wait for its time limit. When it is silent, all who wait are let go and their connections are never used again, and
/// nobody begins to wait until it answers (docs/decisions/0042-a-silent-database.md). However long a statement takes, it does not count.
/// </summary>
/// <param name="settings">Of the hosts, in any order.</param>
/// <param name="renew">
/// Given the settings with the host that answers first, before anybody is let in: connections of before are not to be used any more.
/// </param>
internal sealed class PostgresHeartbeat(NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnectionStringBuilder> renew) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Between attempts to get an answer again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    /// <summary>An answer that is not there by then does not come: it needs no disk and no lock.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    private readonly ManualResetEventSlim stopping = new();

    /// <summary>
    /// Without a time limit of the driver's: when one has passed, it first asks the server to cancel, and waits for one that hangs.
    /// </summary>
    private readonly NpgsqlDataSource dataSource = PostgresSettings.Single(new(settings.ConnectionString)
    {
        ApplicationName = $"{settings.ApplicationName} heartbeat",
        CommandTimeout = 0,
    });

    private volatile CancellationTokenSource silence = new();
    private NpgsqlConnection? connection;
    private Thread? thread;

    /// <summary>The hosts, the one that answered last first. Null until one has.</summary>
    private string? hosts;
    private long answeredAt;

    /// <summary>Begins to ask; does nothing if it has begun.</summary>
    public void Start()
    {
        var asking = new Thread(Run) { Name = "Scrip heartbeat", IsBackground = true };
        if (Interlocked.CompareExchange(ref thread, asking, null) is not null)
            return;
        answeredAt = Stopwatch.GetTimestamp();
        asking.Start();
    }

    /// <summary>Returns what is cancelled when the database falls silent. Connections of before and after do not share one.</summary>
    /// <exception cref="StorageException">It is silent now.</exception>
    public CancellationToken Require()
    {
        var token = silence.Token;
        return token.IsCancellationRequested ? throw PostgresFaults.Silent() : token;
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
            connection = asking.Result;
            GoOnWith(PostgresSettings.WithFirst(settings, connection.Host, connection.Port));
            return true;
        }
        catch (AggregateException fault) when (fault.InnerException is PostgresException)
        {
            // That is an answer too: it refuses this connection, and does not hang.
            return true;
        }
#pragma warning disable CA1031 // Whatever went wrong, there was no answer; a fault that leaves this thread would end the server.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task<NpgsqlConnection> AskAsync(NpgsqlConnection? open)
    {
        var asked = open ?? await dataSource.OpenConnectionAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var question = new NpgsqlCommand(PostgresStatements.Text("heartbeat"), asked);
            await question.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
            return asked;
        }
        catch
        {
            await asked.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(Task<NpgsqlConnection> asking)
    {
        var late = await asking.ConfigureAwait(false);
        await late.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// When another host has become the primary, waiting on the previous one is pointless. The first answer changes nothing: the
    /// connections open by then lead to the same host.
    /// </summary>
    private void GoOnWith(NpgsqlConnectionStringBuilder found)
    {
        if (hosts is not null && found.Host != hosts)
            FallSilent();
        hosts = found.Host;
        if (!silence.IsCancellationRequested)
            return;
        renew(found);
        silence = new CancellationTokenSource();
    }

    /// <summary>Those who wait go on elsewhere: none of them is to hold the heartbeat up.</summary>
    private void FallSilent() => _ = silence.CancelAsync();
}
