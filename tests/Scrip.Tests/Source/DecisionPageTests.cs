using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Decisions are cited by number, so each number names one page, and the index lists them all.</summary>
public sealed partial class DecisionPageTests
{
    private static readonly string[] Pages =
        [.. Directory.GetFiles(SourceTree.PathOf("docs/decisions"), "*-*.md").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Each_number_names_one_decision() =>
        Assert.Equal(Enumerable.Range(1, Pages.Length).Select(number => number.ToString("D4", CultureInfo.InvariantCulture)), Pages.Select(page => page[..4]));

    [Fact]
    public void A_page_begins_with_its_number() =>
        Rule.HasNo(Pages.Where(page => !SourceTree.Read($"docs/decisions/{page}").Text.StartsWith($"# {page[..4]}: ", StringComparison.Ordinal)));

    [Fact]
    public void The_index_lists_every_decision_in_order() =>
        Assert.Equal(Pages, Line().Matches(SourceTree.Read("docs/decisions/README.md").Text).Select(line => line.Groups["page"].Value));

    [GeneratedRegex(@"^- \[(?<number>\d{4})\]\((?<page>\k<number>-[^)]+\.md)\) \S", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
