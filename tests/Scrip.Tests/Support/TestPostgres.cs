using System.Globalization;
using Npgsql;

namespace Scrip.Tests.Support;

/// <summary>A test's own PostgreSQL database, with what a rival of the server does in it.</summary>
public sealed class TestPostgres
{
    public TestPostgres()
        : this("USD", "UTC")
    {
    }

    /// <summary>Creates a database for a server with these settings.</summary>
    public TestPostgres(string currency, string timeZone) => Storage = TestStorage.NewPostgresDatabase(currency, timeZone);

    /// <summary>The storage setting.</summary>
    public string Storage { get; }

    /// <summary>A connection that knows nothing of Scrip; it may write.</summary>
    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(Storage + ";Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>Returns the first column of a statement's rows.</summary>
    public IReadOnlyList<string> Ask(string sql)
    {
        using var connection = Connect();
        using var command = new NpgsqlCommand(sql, connection);
        using var row = command.ExecuteReader();
        var answers = new List<string>();
        while (row.Read())
            answers.Add(Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!);
        return answers;
    }

    /// <summary>Begins a transaction and leaves it open; disposing the connection rolls it back.</summary>
    public NpgsqlConnection Hold(string statement)
    {
        var connection = Connect();
        using var command = new NpgsqlCommand($"begin; {statement}", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Waits until the given number of Scrip's sessions wait for a lock, and returns their process ids.</summary>
    public async Task<IReadOnlyList<string>> UntilWaitingAsync(int sessions, string besides = "0")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var waiting = Ask(
                $"""
                select pid from pg_stat_activity
                where datname = current_database() and application_name = 'scrip' and wait_event_type = 'Lock' and pid <> {besides}
                """);
            if (waiting.Count == sessions)
                return waiting;
            await Task.Delay(10, limit.Token);
        }
    }
}
