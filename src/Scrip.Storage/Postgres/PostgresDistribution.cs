using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>Distributes the tables over the workers of a Citus cluster by site, each table once (docs/operating/citus.md).</summary>
internal static class PostgresDistribution
{
    private static readonly string[] Steps = [.. SqlFiles.In("Postgres/Citus")];

    public static IEnumerable<string> FindPending(NpgsqlConnection connection) =>
        StepsLeft(connection).Select(step => SqlFiles.Read(step).Trim());

    public static bool IsDone(NpgsqlConnection connection) =>
        PostgresMigrations.Ask<bool>(connection, "citus_find") && PostgresMigrations.Ask<bool>(connection, "citus_is_distributed");

    public static void Run(NpgsqlConnection connection, Action<string> done)
    {
        foreach (var step in StepsLeft(connection))
        {
            var statement = SqlFiles.Read(step).Trim();
            PostgresMigrations.Execute(connection, statement);
            done(statement);
        }
    }

    private static List<string> StepsLeft(NpgsqlConnection connection)
    {
        if (!PostgresMigrations.Ask<bool>(connection, "citus_find"))
            throw new StorageSetupException("The database does not have Citus: run create extension citus in it first.");
        return [.. Steps.Where(step => !IsDistributed(connection, TableOf(step)))];
    }

    private static bool IsDistributed(NpgsqlConnection connection, string table)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("citus_has_table").With(table);
        return (bool)batch.ExecuteScalar()!;
    }

    /// <summary>Returns the table that a step distributes: the files are named by their order and their table.</summary>
    private static string TableOf(string step) => step[(step.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
