using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>A link from one page to another leads to a file and a heading that exist.</summary>
public sealed partial class PageLinkTests
{
    [Fact]
    public void Every_link_leads_somewhere() => Rule.HasNo(
        from page in SourceTree.Pages
        from Match link in Links().Matches(CodeBlocks().Replace(page.Text, ""))
        let target = link.Groups["target"].Value
        where !Uri.TryCreate(target, UriKind.Absolute, out _) && !Exists(page.Path, target)
        select $"{page.Path}: {target}");

    [Theory]
    [InlineData("### 409 insufficient-balance", "409-insufficient-balance")]
    [InlineData("## Every failure, and what to do", "every-failure-and-what-to-do")]
    [InlineData("# 0019: On PostgreSQL, `get` is *fast*", "0019-on-postgresql-get-is-fast")]
    public void A_heading_has_the_anchor_that_GitHub_gives_it(string heading, string anchor) => Assert.Equal(anchor, AnchorOf(heading));

    private static bool Exists(string page, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? SourceTree.PathOf(page) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceTree.PathOf(page))!, parts[0]));
        if (parts.Length == 1)
            return File.Exists(file) || Directory.Exists(file);
        return File.Exists(file) && Headings().Matches(CodeBlocks().Replace(File.ReadAllText(file), "")).Any(heading => AnchorOf(heading.Value) == parts[1]);
    }

    private static string AnchorOf(string heading) =>
        Dropped().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex("^#+ .*$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\p{L}\p{N}_\- ]")]
    private static partial Regex Dropped();
}
