using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Scrip.Tests.Support;

/// <summary>SQL that knows nothing of Scrip, next to a server that uses the same database.</summary>
internal static class OperatorSql
{
    public static void Run(string storage, string statements)
    {
        if (storage.StartsWith("Data Source=", StringComparison.Ordinal))
        {
            using var connection = new SqliteConnection(storage + ";Pooling=False;Foreign Keys=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma busy_timeout = 30000; pragma ignore_check_constraints = on; " + statements;
            command.ExecuteNonQuery();
        }
        else
        {
            using var connection = new NpgsqlConnection(storage + ";Pooling=false");
            connection.Open();
            using var command = new NpgsqlCommand(statements, connection);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Returns the first column of the first row.</summary>
    public static long Ask(string storage, string statement)
    {
        if (storage.StartsWith("Data Source=", StringComparison.Ordinal))
        {
            using var connection = new SqliteConnection(storage + ";Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        using var server = new NpgsqlConnection(storage + ";Pooling=false");
        server.Open();
        using var ask = new NpgsqlCommand(statement, server);
        return Convert.ToInt64(ask.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
