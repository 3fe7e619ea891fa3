using System.Globalization;
using Npgsql;
using Scrip.Ledger.Access;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Brings a database to the newest schema, forward only, in one transaction that locks the row with the schema version. Servers that start
/// at the same moment follow one another; the later one finds nothing left to do.
/// </summary>
internal static class PostgresMigrations
{
    /// <summary>The step that includes <see cref="PostgresFolding"/>.</summary>
    private const string FoldingStep = "Postgres/Migrations/0007_folded_codes";

    private static readonly string[] Steps = [.. SqlFiles.In("Postgres/Migrations")];

    /// <param name="done">Receives each step once all of them are committed.</param>
    public static void Run(NpgsqlConnection connection, StoreSettings settings, DateTimeOffset now, Action<string> done)
    {
        if (!FindPending(connection, settings).Any())
            return;
        MakeVersionRow(connection);
        using var transaction = connection.BeginTransaction();
        var current = RefuseNewer(Ask<int>(connection, "schema_version_lock"));
        for (var step = current; step < Steps.Length; step++)
        {
            Execute(connection, SqlFiles.Read(Steps[step]));
            if (step == 0)
                AddDefaultSite(connection, settings, now);
            if (Steps[step] == FoldingStep)
                PostgresFolding.Run(connection);
        }
        using var batch = new NpgsqlBatch(connection);
        batch.Add("schema_version_set").With(Steps.Length);
        batch.ExecuteNonQuery();
        transaction.Commit();
        foreach (var step in Steps[current..])
            done(Migrations.StepName(step));
    }

    public static IEnumerable<string> FindPending(NpgsqlConnection connection, StoreSettings settings)
    {
        CheckEncoding(connection);
        var current = Ask<bool>(connection, "schema_version_find") ? RefuseNewer(Ask<int>(connection, "schema_version_get")) : 0;
        if (current > 0)
            CheckDefaultSite(connection, settings);
        return Steps[current..].Select(Migrations.StepName);
    }

    /// <summary>Refuses settings that differ from those with which the database was created.</summary>
    public static void CheckDefaultSite(NpgsqlConnection connection, StoreSettings settings)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("site_get").With(Site.DefaultId);
        using var row = batch.ExecuteReader();
        if (row.Read())
            settings.Check(row.GetString(0), row.GetString(1));
    }

    /// <exception cref="StorageException">Another program has changed the schema in the meantime.</exception>
    public static void CheckCurrent(NpgsqlConnection connection)
    {
        if (Ask<int>(connection, "schema_version_get") != Steps.Length)
            throw new StorageException(StorageFault.Unavailable, "The database's schema is not the one that this program knows.");
    }

    private static void MakeVersionRow(NpgsqlConnection connection)
    {
        if (Ask<bool>(connection, "schema_version_find"))
            return;
        try
        {
            Execute(connection, PostgresStatements.Text("schema_version_make"));
        }
        catch (PostgresException another) when (another.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UniqueViolation)
        {
            // Another server that is starting now was first.
        }
    }

    private static int RefuseNewer(int version) => version <= Steps.Length
        ? version
        : throw new StorageSetupException(string.Create(
            CultureInfo.InvariantCulture,
            $"The database was written by a newer Scrip (schema {version}; this one knows {Steps.Length})."));

    private static void CheckEncoding(NpgsqlConnection connection)
    {
        if (connection.PostgresParameters.TryGetValue("server_encoding", out var encoding) && encoding != "UTF8")
            throw new StorageSetupException($"The database must be encoded in UTF8; it is in {encoding}.");
    }

    private static void AddDefaultSite(NpgsqlConnection connection, StoreSettings settings, DateTimeOffset now)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("site_insert")
            .With(Site.DefaultId).With(Site.DefaultName).With(settings.NewCurrency).With(settings.NewTimeZone).With(now);
        batch.ExecuteNonQuery();
    }

    public static T Ask<T>(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(PostgresStatements.Text(statement), connection);
        return (T)command.ExecuteScalar()!;
    }

    public static int Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // An embedded file.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        // Building an index of all certificates may take any time.
        command.CommandTimeout = 0;
        return command.ExecuteNonQuery();
    }
}
