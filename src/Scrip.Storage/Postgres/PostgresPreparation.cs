using System.Globalization;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Prepares a database once before it is used: updates its schema and checks its durability. If the database is unavailable when the server
/// starts, this happens as soon as it can be reached.
/// </summary>
/// <param name="done">Runs after the preparation has succeeded, with its connection.</param>
internal sealed class PostgresPreparation(
    NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnection> steps, Action<NpgsqlConnection> done)
{
    private readonly Lock gate = new();
    private volatile string? obstacle = "The database has not been checked yet.";
    private volatile StorageSetupException? failure;
    private volatile string version = "";
    private volatile bool isDistributed;

    /// <summary>For the operator, in one line: why the database cannot be used yet. Null once it is prepared.</summary>
    public string? Obstacle => obstacle;

    public bool IsDone => obstacle is null;

    /// <summary>Whether the sites are on the nodes of a Citus cluster. Known once the database is prepared.</summary>
    public bool IsDistributed => isDistributed;

    public string Description => $"{settings.Database} on {settings.Host}{version}";

    /// <summary>Prepares the database, or does nothing if that has succeeded before.</summary>
    /// <exception cref="StorageSetupException">
    /// The database is unusable, or currently unavailable (<see cref="StorageAwayException"/>).
    /// </exception>
    public void Run()
    {
        var before = failure;
        if (obstacle is null)
            return;
        lock (gate)
        {
            if (obstacle is null)
                return;
            // Another caller has tried in the meantime: the waiting callers must not all try one after another.
            if (failure is { } another && another != before)
                throw another;
            RunSteps();
        }
    }

    /// <exception cref="StorageException">The preparation has not succeeded yet.</exception>
    public void Require()
    {
        if (obstacle is { } reason)
            throw new StorageException(StorageFault.Unavailable, reason);
    }

    private void RunSteps()
    {
        try
        {
            PostgresSetup.Run(settings, connection =>
            {
                steps(connection);
                isDistributed = PostgresDistribution.IsDone(connection);
                var cluster = isDistributed ? ", Citus" : "";
                var durability = PostgresDurability.Describe(connection);
                version = string.Create(
                    CultureInfo.InvariantCulture, $" (PostgreSQL {connection.PostgreSqlVersion}{cluster}, {durability})");
                done(connection);
            });
            obstacle = null;
        }
        catch (StorageSetupException refused)
        {
            obstacle = refused.Message;
            failure = refused;
            throw;
        }
    }
}
