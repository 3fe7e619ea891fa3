namespace Scrip.Tests.Support;

/// <summary>The clone that the tests were built from, for those that read or write its files.</summary>
public static class SourceTree
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests do not run inside the clone: no folder above them has Scrip.slnx."),
        _ when File.Exists(Path.Combine(folder.FullName, "Scrip.slnx")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
