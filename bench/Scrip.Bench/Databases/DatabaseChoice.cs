using Scrip.Bench.Databases.Postgres;

namespace Scrip.Bench.Databases;

/// <summary>The running databases that the command line selects.</summary>
internal sealed class DatabaseChoice(IReadOnlyList<IDatabase> databases) : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string Both = "both";

    public IReadOnlyList<IDatabase> All => databases;

    public static async Task<DatabaseChoice> OpenAsync(string choice, CancellationToken cancellationToken)
    {
        var databases = new List<IDatabase>();
        if (choice is Sqlite or Both)
            databases.Add(new SqliteDatabase());
        if (choice is Postgres or Both)
        {
            if (PostgresServer.FindPrograms() is { } programs)
                databases.Add(await PostgresDatabase.StartAsync(programs, cancellationToken));
            else if (choice == Postgres)
                throw new BenchException("PostgreSQL's server is not installed (Debian: postgresql).");
            else
                Console.Error.WriteLine("without PostgreSQL: its server is not installed (Debian: postgresql)");
        }
        return new(databases);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases)
            await database.DisposeAsync();
    }
}
