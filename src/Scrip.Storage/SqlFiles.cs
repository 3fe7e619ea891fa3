using System.Collections.Concurrent;
using System.Reflection;

namespace Scrip.Storage;

/// <summary>
/// The statements and migrations. Each is an embedded file with a name like <c>Sqlite/Sql/certificate_insert</c>. Parameters are written
/// <c>$1</c>, <c>$2</c> and so on.
/// </summary>
internal static class SqlFiles
{
    private static readonly Assembly Assembly = typeof(SqlFiles).Assembly;
    private static readonly ConcurrentDictionary<(string Adapter, string Name), string> Statements = new();

    public static string Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The SQL file {name}.sql is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Returns a statement: the adapter's own, or the one that all databases share.</summary>
    public static string Statement(string adapter, string name) => Statements.GetOrAdd(
        (adapter, name),
        static key => Read(Exists($"{key.Adapter}/Sql/{key.Name}") ? $"{key.Adapter}/Sql/{key.Name}" : $"Sql/{key.Name}"));

    public static IEnumerable<string> In(string folder) =>
        Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + '/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static bool Exists(string name) => Assembly.GetManifestResourceInfo(name) is not null;
}
