using System.Diagnostics;
using System.Xml.Linq;

namespace Scrip.Tests.Support;

/// <summary>The source tree from which this test was built.</summary>
internal static class SourceTree
{
    private static readonly string[] CodeEndings = [".cs", ".razor", ".sql", ".css", ".js", ".mjs", ".csproj", ".props", ".targets"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Projects { get; } =
        [.. Files("").Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal))];

    /// <summary>The files in <c>src</c> that people write, without lock files and build output.</summary>
    public static IReadOnlyList<SourceFile> Code { get; } = [.. Files("src")];

    public static IReadOnlyList<SourceFile> Tests { get; } = [.. Files("tests")];

    public static IReadOnlyList<SourceFile> Bench { get; } = [.. Files("bench")];

    /// <summary>The pages in <c>docs</c>, <c>bench</c> and <c>.github</c>, and at the root.</summary>
    public static IReadOnlyList<SourceFile> Pages { get; } =
        [.. PathsIn("docs").Concat(PathsIn("bench")).Concat(PathsIn(".github"))
            .Concat(Directory.EnumerateFiles(Root, "*.md").Select(PathFromRoot)).Where(IsPage).Order().Select(Read)];

    /// <summary>The paths of all files from the root, without what was built, with forward slashes.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. PathsIn("")];

    public static IEnumerable<SourceFile> CSharpIn(string start) =>
        Files(start[..start.LastIndexOf('/')]).Where(file =>
            file.Path.StartsWith(start, StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal));

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static SourceFile Read(string path) => new(path, File.ReadAllText(PathOf(path)));

    /// <summary>The first parts of all paths that git tracks.</summary>
    public static IReadOnlyList<string> TrackedRootEntries()
    {
        var list = new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using var git = Process.Start(list)!;
        var paths = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. paths.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('/')[0]).Distinct()];
    }

    private static IEnumerable<SourceFile> Files(string folder) =>
        PathsIn(folder).Where(path => CodeEndings.Contains(Path.GetExtension(path))).Order().Select(Read);

    private static IEnumerable<string> PathsIn(string folder) =>
        from path in Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories).Select(PathFromRoot)
        where !path.Split('/').Any(part => part is "bin" or "obj" or ".git" or "artifacts" or "node_modules")
        select path;

    private static string PathFromRoot(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsPage(string path) => path.EndsWith(".md", StringComparison.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scrip.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"There is no Scrip.slnx above {AppContext.BaseDirectory}.");
    }
}

/// <param name="Path">The path from the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public XElement Xml => XElement.Parse(Text);

    /// <summary>
    /// The lines for which the predicate is true, as <c>path:line</c>: empty if a rule is kept, otherwise the violations.
    /// </summary>
    public IEnumerable<string> LinesWhere(Func<string, bool> predicate) =>
        Lines.Select((line, at) => (line, at)).Where(row => predicate(row.line)).Select(row => $"{Path}:{row.at + 1}: {row.line.Trim()}");
}
