using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>The dependencies between the folders of a project, found by the names in their files.</summary>
internal sealed partial class FolderGraph
{
    private readonly string path;
    private readonly SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> filesByEdge = new(StringComparer.Ordinal);

    /// <param name="folder">The folder whose subfolders are examined, each with everything below it.</param>
    private FolderGraph(SourceFile project, string[] folder, IReadOnlyList<SourceFile> files)
    {
        path = string.Join('/', [PathOf(project), .. folder]);
        var space = string.Join('.', [project.Name, .. folder]);
        var byChild = files.GroupBy(file => FolderOf(project, file)[folder.Length], StringComparer.Ordinal).ToList();
        foreach (var child in byChild)
        {
            foreach (var other in byChild.Where(other => other.Key != child.Key))
            {
                var concepts = other.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
                foreach (var file in child.Where(file => Uses(file, $"{space}.{other.Key}", other.Key, concepts)))
                    Add(child.Key, other.Key, file.Path);
            }
        }
    }

    public static string PathOf(SourceFile project) => project.Path[..project.Path.LastIndexOf('/')];

    /// <returns>The folders from the project's own down to the file; empty for a file at the root.</returns>
    public static string[] FolderOf(SourceFile project, SourceFile file) => file.Path[(PathOf(project).Length + 1)..].Split('/')[..^1];

    /// <summary>Finds every circle that begins in a folder, once, with the files that cause it.</summary>
    public static IEnumerable<string> CirclesIn(SourceFile project, IReadOnlyList<SourceFile> files, params string[] folder)
    {
        var below = files.Where(file => FolderOf(project, file) is var parts
            && parts.Length > folder.Length && parts.AsSpan(0, folder.Length).SequenceEqual(folder)).ToList();
        return below.Count == 0
            ? []
            : new FolderGraph(project, folder, below).Circles().Concat(
                below.Select(file => FolderOf(project, file)[folder.Length]).Distinct()
                    .SelectMany(child => CirclesIn(project, below, [.. folder, child])));
    }

    /// <summary>Whether the name is in the code of the file, and not only in a comment.</summary>
    public static bool Names(SourceFile file, string name) => Regex.IsMatch(CodeOf(file), $@"\b{Regex.Escape(name)}\b");

    private static bool Uses(SourceFile file, string space, string folder, HashSet<string> concepts) =>
        Names(file, space) || QualifiedNames().Matches(CodeOf(file)).Any(name =>
            name.Groups["folder"].Value == folder && concepts.Contains(name.Groups["type"].Value));

    private static string CodeOf(SourceFile file) => Comment().Replace(file.Text, "");

    private void Add(string user, string used, string file)
    {
        if (!filesByEdge.TryGetValue(user, out var files))
            filesByEdge[user] = files = new(StringComparer.Ordinal);
        if (!files.TryGetValue(used, out var ofEdge))
            files[used] = ofEdge = new(StringComparer.Ordinal);
        ofEdge.Add(file);
    }

    private IEnumerable<string> Circles() =>
        from start in filesByEdge.Keys
        let circle = ShortestBack(start)
        where circle is not null && start == circle.Min(StringComparer.Ordinal)
        select $"{path}: {string.Join(" -> ", circle)}\n"
            + string.Join('\n', circle.Zip(circle.Skip(1), (user, used) => $"  {user} -> {used}: {string.Join(", ", filesByEdge[user][used])}"));

    private List<string>? ShortestBack(string start)
    {
        var queue = new Queue<List<string>>([[start]]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (queue.TryDequeue(out var way))
        {
            foreach (var next in filesByEdge.GetValueOrDefault(way[^1])?.Keys.ToArray() ?? [])
            {
                if (next == start)
                    return [.. way, next];
                if (seen.Add(next))
                    queue.Enqueue([.. way, next]);
            }
        }
        return null;
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    /// <summary>A type with the last part of its namespace, such as <c>Http.JsonText</c>.</summary>
    [GeneratedRegex(@"(?<![\w.])(?<folder>\w+)\.(?<type>\w+)")]
    private static partial Regex QualifiedNames();
}
