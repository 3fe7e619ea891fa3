using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>Refuses a server whose commits do not reach the disk: it must not keep money.</summary>
internal static class PostgresDurability
{
    /// <exception cref="StorageSetupException">The server may lose acknowledged writes.</exception>
    /// <exception cref="StorageException">The server takes no writes.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(PostgresStatements.Text("durability_get"), connection);
        using var row = command.ExecuteReader();
        row.Read();
        if (row.GetString(0) != "on" || row.GetString(1) != "on")
        {
            throw new StorageSetupException("The database server runs with fsync or full_page_writes off; both must be on.");
        }
        if (row.GetBoolean(2))
            throw new StorageException(StorageFault.Unavailable, "The database server is a standby and takes no writes.");
    }
    /// <summary>Tells the operator whether a failover can lose acknowledged writes. Patroni may change that at any time.</summary>
    public static string Describe(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(PostgresStatements.Text("durability_get"), connection);
        using var row = command.ExecuteReader();
        row.Read();
        return row.GetBoolean(3) ? "a commit waits for a standby" : "a commit waits for no standby";
    }
}
