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
}
