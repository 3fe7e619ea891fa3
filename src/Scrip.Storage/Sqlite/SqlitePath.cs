using Microsoft.Data.Sqlite;

namespace Scrip.Storage.Sqlite;

/// <summary>Reads the file from a storage setting.</summary>
internal static class SqlitePath
{
    private const string MustNameAFile = "The storage setting must name a file: Data Source=<path of a file>.";

    public static string Of(string connectionString)
    {
        SqliteConnectionStringBuilder parts;
        try
        {
            parts = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException wrong)
        {
            throw new StorageSetupException(
                $"The storage setting must be Data Source=<path of a file>, or Host=…;Database=… for PostgreSQL: {wrong.Message}", wrong);
        }
        if (parts.Keys.Cast<string>().Any(key => parts.ShouldSerialize(key) && key != "Data Source"))
        {
            throw new StorageSetupException(
                "The storage setting takes Data Source=<path of a file> and nothing else: durability cannot be configured.");
        }
        var source = parts.DataSource;
        if (source.Length == 0 || source.StartsWith(':') || source.StartsWith("file:", StringComparison.Ordinal))
            throw new StorageSetupException(MustNameAFile);
        var path = Path.GetFullPath(source);
        return Path.GetDirectoryName(path) is null ? throw new StorageSetupException(MustNameAFile) : path;
    }
}
