using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>The path of a write is written down as files: they exist, each once, and are as many as the page says.</summary>
public sealed partial class ArchitecturePageTests
{
    private const int MostFiles = 35;

    private static readonly string Page = SourceTree.Read("docs/architecture.md").Text;

    private static readonly IReadOnlyList<string> Path =
        [.. Rows().Matches(Page[Page.IndexOf("| files, in order |", StringComparison.Ordinal)..Page.IndexOf("A command that fails inside", StringComparison.Ordinal)])
            .SelectMany(row => Names().Matches(row.Groups["files"].Value)).Select(name => name.Groups["name"].Value)];

    [Fact]
    public void Each_file_on_the_path_of_a_write_exists() => Rule.HasNo(
        Path.Where(name => SourceTree.CSharpIn("src/").Count(file => file.Name == name) != 1));

    [Fact]
    public void The_page_counts_the_files_on_the_path()
    {
        Assert.Equal(Path.Count, Path.Distinct().Count());
        Assert.Equal(int.Parse(Count().Match(Page).Groups["count"].Value, CultureInfo.InvariantCulture), Path.Count);
        Assert.InRange(Path.Count, 1, MostFiles);
    }

    [GeneratedRegex(@"^\| [^|]+ \| (?<files>`[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<name>\\w+)`")]
    private static partial Regex Names();

    [GeneratedRegex("leads through (?<count>\\d+) files")]
    private static partial Regex Count();
}
