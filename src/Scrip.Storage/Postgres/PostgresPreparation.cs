using System.Globalization;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// What is done to a database once before it is used: its schema is brought up to date and its durability checked. A server that starts
/// while the database is away does it as soon as the database can be reached.
/// </summary>
/// <param name="done">Run when it has succeeded, with the connection on which it has.</param>
internal sealed class PostgresPreparation(
    NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnection> steps, Action<NpgsqlConnection> done)
{
    private readonly Lock gate = new();
    private volatile string? obstacle = "The database has not been asked yet.";
    private volatile StorageSetupException? failure;
    private volatile string version = "";
    private volatile bool isDistributed;

    /// <summary>For the operator, in one line: why the database cannot be used yet. Null once it is prepared.</summary>
    public string? Obstacle => obstacle;

    public bool IsDone => obstacle is null;

    /// <summary>The sites are on the nodes of a Citus cluster. Known once it is prepared.</summary>
    public bool IsDistributed => isDistributed;

    public string Description => $"{settings.Database} on {settings.Host}{version}";

    /// <summary>Does nothing once it has succeeded.</summary>
    /// <exception cref="StorageSetupException">The database cannot be used, or not yet (<see cref="StorageAwayException"/>).</exception>
    public void Run()
    {
        var before = failure;
        if (obstacle is null)
            return;
        lock (gate)
        {
            if (obstacle is null)
                return;
            // Somebody else has tried meanwhile: those who waited are not to try one after another.
            if (failure is { } another && another != before)
                throw another;
            RunSteps();
        }
    }

    /// <exception cref="StorageException">It has not succeeded yet.</exception>
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
