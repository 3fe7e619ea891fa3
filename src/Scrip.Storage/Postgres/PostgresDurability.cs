using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>A server whose commits do not reach the disk is no place for money, however it is called.</summary>
internal static class PostgresDurability
{
    /// <exception cref="StorageSetupException">The server may lose what it acknowledged.</exception>
    /// <exception cref="StorageException">The server takes no writes.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(PostgresStatements.Text("durability_get"), connection);
        using var row = command.ExecuteReader();
        row.Read();
        if (row.GetString(0) != "on" || row.GetString(1) != "on")
        {
            throw new StorageSetupException("The database server runs with fsync or full_page_writes off; it must not.");
        }
        if (row.GetBoolean(2))
            throw new StorageException(StorageFault.Unavailable, "The database server is a standby and takes no writes.");
    }
    /// <summary>For the operator: whether a failover can lose what was acknowledged. Patroni may change it at any time.</summary>
    public static string Describe(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(PostgresStatements.Text("durability_get"), connection);
        using var row = command.ExecuteReader();
        row.Read();
        return row.GetBoolean(3) ? "a commit waits for a standby" : "a commit waits for no standby";
    }
}
