using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Rules for the form of every file in <c>src</c>.</summary>
public sealed partial class TextRules
{
    private const int MaxLines = 300;
    private const int MaxColumns = 140;
    private const int MaxRootEntries = 20;

    [Fact]
    public void There_is_code_to_look_at() => Assert.True(SourceTree.Code.Count > 50);

    [Fact]
    public void Nothing_is_left_to_be_done_later() =>
        Rule.HasNo(SourceTree.Code.SelectMany(file => file.LinesWhere(LeftOver().IsMatch)));

    [Fact]
    public void There_are_no_regions() =>
        Rule.HasNo(SourceTree.Code.SelectMany(file => file.LinesWhere(line => line.Contains("#region", StringComparison.Ordinal))));

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Rule.HasNo(SourceTree.Code.Where(file => file.Lines.Length > MaxLines).Select(file => $"{file.Path}: {file.Lines.Length}"));

    [Fact]
    public void No_line_is_longer_than_140_columns() =>
        Rule.HasNo(SourceTree.Code.SelectMany(file => file.LinesWhere(line => line.Length > MaxColumns)));

    [GitFact]
    public void The_root_has_at_most_20_entries() => Assert.InRange(SourceTree.TrackedRootEntries().Count, 1, MaxRootEntries);

    [Fact]
    public void What_is_caught_has_a_type_or_is_thrown_on()
    {
        var swallowing =
            from file in SourceTree.CSharpIn("src/")
            from Match bare in BareCatch().Matches(file.Text)
            where !bare.Groups["block"].Value.TrimEnd().EndsWith("throw;", StringComparison.Ordinal)
            select $"{file.Path}: {bare.Value}";
        Rule.HasNo(swallowing);
    }

    /// <summary>The rule above would be worthless if its pattern found nothing.</summary>
    [Theory]
    [InlineData("catch\n{\n    Clean();\n    throw;\n}", "throw;")]
    [InlineData("catch { }", "")]
    [InlineData("catch\n{\n    if (a) { b(); }\n    return null;\n}", "return null;")]
    [InlineData("catch when (a)\n{\n    return;\n}", "return;")]
    public void A_bare_catch_is_found_with_its_block(string code, string last) =>
        Assert.EndsWith(last, BareCatch().Match(code).Groups["block"].Value.TrimEnd(), StringComparison.Ordinal);

    [Theory]
    [InlineData("catch (IOException fault)\n{\n}")]
    [InlineData("catchment {}")]
    public void A_catch_with_a_type_is_not_a_bare_one(string code) => Assert.DoesNotMatch(BareCatch(), code);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex LeftOver();

    // The block with its inner blocks, by .NET's balancing groups.
    [GeneratedRegex(
        @"\bcatch\s*(when\s*\([^{]*\)\s*)?\{(?<block>(?>[^{}]+|\{(?<open>)|\}(?<-open>))*(?(open)(?!)))\}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex BareCatch();
}
