using System.Reflection;

namespace Scrip.Storage;

/// <summary>The statements and migrations. Each is an embedded file with a name like <c>Sqlite/Sql/certificate_insert</c>.</summary>
internal static class SqlFiles
{
    private static readonly Assembly Assembly = typeof(SqlFiles).Assembly;

    public static string Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The SQL file {name}.sql is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static IEnumerable<string> In(string folder) =>
        Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + '/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
