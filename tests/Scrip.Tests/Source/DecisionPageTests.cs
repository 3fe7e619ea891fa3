using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Decisions are cited by number, so each number names one page, and the index lists them all, as they are.</summary>
public sealed partial class DecisionPageTests
{
    private static readonly string[] Pages =
        [.. Directory.GetFiles(SourceTree.PathOf("docs/decisions"), "*-*.md").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Each_number_names_one_decision() =>
        Assert.Equal(Enumerable.Range(1, Pages.Length).Select(number => number.ToString("D4", CultureInfo.InvariantCulture)), Pages.Select(page => page[..4]));

    [Fact]
    public void A_page_begins_with_its_number_its_date_and_its_status() => Rule.HasNo(Pages.Where(page => !Head().IsMatch(TextOf(page))));

    [Fact]
    public void The_index_lists_every_decision_in_order_with_its_title_its_date_and_its_status() => Assert.Equal(
        from page in Pages
        let head = Head().Match(TextOf(page))
        select $"| [{page[..4]}]({page}) | {head.Groups["title"]} | {head.Groups["date"]} | {head.Groups["status"]} |",
        SourceTree.Read("docs/decisions/README.md").Lines.Where(line => line.StartsWith("| [", StringComparison.Ordinal)));

    /// <summary>A decision that another one changed says so, and the other one names it.</summary>
    [Fact]
    public void Changed_and_changing_decisions_name_each_other() => Rule.HasNo(
        from page in Pages
        let change = ChangedBy().Match(TextOf(page))
        where change.Success && !TextOf(change.Groups["page"].Value).Contains(page, StringComparison.Ordinal)
        select $"{page} is changed by {change.Groups["page"]}, which does not name it.");

    private static string TextOf(string page) => SourceTree.Read($"docs/decisions/{page}").Text.ReplaceLineEndings("\n");

    [GeneratedRegex(@"\A# \d{4}: (?<title>\S.*)\n\nDecided (?<date>\d{4}-\d\d-\d\d)\. (?<status>(In force|Replaced)\b.*)\.\n\n")]
    private static partial Regex Head();

    [GeneratedRegex(@"^Decided .* by \[\d{4}\]\((?<page>[^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex ChangedBy();
}
