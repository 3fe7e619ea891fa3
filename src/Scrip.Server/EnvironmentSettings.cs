using System.Collections;
using Scrip.Server.Hosting;

namespace Scrip.Server;

/// <summary>The variables <c>SCRIP_…</c>: <c>SCRIP_ADMIN_TOKEN</c> is <c>Scrip:AdminToken</c>.</summary>
/// <param name="Settings">The settings by their names in the configuration.</param>
/// <param name="Ignored">
/// Variables that are not settings, without their values. A Kubernetes Service called scrip adds <c>SCRIP_PORT</c> and similar variables to
/// every container of its namespace.
/// </param>
internal sealed record EnvironmentSettings(IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> Ignored)
{
    private const string Prefix = "SCRIP_";

    /// <summary>The prefix in .NET's notation for members of a section.</summary>
    private const string SectionPrefix = ScripOptions.Section + "__";

    /// <summary>Settings of the test suite, not of the product.</summary>
    private const string TestPrefix = "SCRIP_TEST_";

    /// <summary>The address and the token that commands use.</summary>
    private static readonly string[] OfCommands = ["SCRIP_URL", "SCRIP_TOKEN"];

    /// <summary>How many letters a name may differ from a setting to be considered mistyped.</summary>
    private const int MostTypingErrors = 2;

    public static EnvironmentSettings Read(IReadOnlyList<string> known)
    {
        var settings = new Dictionary<string, string?>();
        var ignored = new List<string>();
        foreach (var (name, value) in Variables().OrderBy(variable => variable.Name, StringComparer.Ordinal))
        {
            var key = Flat(name);
            if (known.Contains(key, StringComparer.OrdinalIgnoreCase))
                settings[$"{ScripOptions.Section}:{key}"] = value;
            else
                ignored.Add(FindMeant(key, known) is { } meant ? $"{name} (did you mean {VariableOf(meant)}?)" : name);
        }
        return new(settings, ignored);
    }

    private static string? FindMeant(string key, IReadOnlyList<string> known) =>
        known.FirstOrDefault(setting => Distance(key.ToUpperInvariant(), setting.ToUpperInvariant()) <= MostTypingErrors);

    private static IEnumerable<(string Name, string Value)> Variables() =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where name.StartsWith(Prefix, StringComparison.Ordinal) || name.StartsWith(SectionPrefix, StringComparison.OrdinalIgnoreCase)
        where !name.StartsWith(TestPrefix, StringComparison.Ordinal)
        where !OfCommands.Contains(name)
        where !string.IsNullOrEmpty((string?)variable.Value)
        select (name, (string)variable.Value!);

    private static string Flat(string variable) => variable[Prefix.Length..].Replace("_", "", StringComparison.Ordinal);

    private static string VariableOf(string setting) => Prefix + string.Concat(
        setting.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));

    /// <summary>The number of letters to insert, delete or replace (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var at = 1; at <= one.Length; at++)
        {
            var diagonal = row[0];
            row[0] = at;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = diagonal + (one[at - 1] == other[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }
        return row[^1];
    }
}
