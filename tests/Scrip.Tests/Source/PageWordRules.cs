using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Turns of phrase that a native engineer would not write, and that crept into the pages before.</summary>
public sealed partial class PageWordRules
{
    [Fact]
    public void The_pages_are_in_plain_English() => Rule.HasNo(
        PageText.Pages.SelectMany(page => page.LinesWhere(line => Foreign().IsMatch(line))));

    [Theory]
    [InlineData("Likewise, of UTF-8.")]
    [InlineData("for whoever waits")]
    [InlineData("from the framework, say.")]
    [InlineData("follow `next` until there is none")]
    [InlineData("the member stands twice in one object")]
    [InlineData("its examples work as they stand")]
    [InlineData("writes are answered 503")]
    [InlineData("Writes answer 507 and store nothing")]
    [InlineData("If-None-Match goes with GET and HEAD.")]
    public void A_foreign_turn_of_phrase_is_found(string line) => Assert.Matches(Foreign(), line);

    [Theory]
    [InlineData("`…` stands for what differs each time")]
    [InlineData("a new standby with no load")]
    [InlineData("the server answers within seconds")]
    public void A_plain_one_is_not(string line) => Assert.DoesNotMatch(Foreign(), line);

    [GeneratedRegex(
        @"\b(whoever|likewise|no such thing)\b|, say\b[,.;:)]|\bthere (is|are) none\b|\bgo(es)? with\b|\banswer(s|ed)? \d{3}\b"
        + @"|\bas (it|they) stands?\b|\bstands? (in|there|twice|below|behind|among)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}
