using System.Diagnostics;
using System.Xml.Linq;

namespace Scrip.Tests.Support;

/// <summary>The tree this test was built from, as files.</summary>
internal static class SourceTree
{
    private static readonly string[] CodeEndings = [".cs", ".razor", ".sql", ".css", ".js", ".mjs", ".csproj", ".props", ".targets"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Projects { get; } =
        [.. Files("").Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal))];

    /// <summary>What people write in <c>src</c>: no lock files, nothing that was built.</summary>
    public static IReadOnlyList<SourceFile> Code { get; } = [.. Files("src")];

    public static IReadOnlyList<SourceFile> Tests { get; } = [.. Files("tests")];

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
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj" or ".git" or "artifacts" or "node_modules")
        where CodeEndings.Contains(Path.GetExtension(relative))
        orderby relative
        select new SourceFile(relative, File.ReadAllText(path));

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

/// <param name="Path">From the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public XElement Xml => XElement.Parse(Text);

    /// <summary>Where the predicate holds, as <c>path:line</c>: an empty list is a kept rule, and a broken one says where.</summary>
    public IEnumerable<string> LinesWhere(Func<string, bool> predicate) =>
        Lines.Select((line, at) => (line, at)).Where(row => predicate(row.line)).Select(row => $"{Path}:{row.at + 1}: {row.line.Trim()}");
}
