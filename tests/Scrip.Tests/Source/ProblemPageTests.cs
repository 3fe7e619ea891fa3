using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scrip.Server.Problems;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>docs/api/problems.md lists the catalogues of errors: all of them, and nothing else.</summary>
public sealed partial class ProblemPageTests
{
    private static readonly string Page = File.ReadAllText(SourceTree.PathOf("docs/api/problems.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_problem_type_has_its_section()
    {
        var sections = Sections().Matches(Page).Select(section => $"{section.Groups["status"].Value} {section.Groups["name"].Value}");

        Assert.Equal(ProblemType.All.Select(type => $"{type.Status} {type.Name}"), sections);
    }

    [Fact]
    public void Every_section_says_what_happened_and_what_to_do() => Rule.HasNo(
        from Match section in Sections().Matches(Page)
        where !Explanation().IsMatch(TextOf(section))
        select section.Value);

    [Fact]
    public void Every_section_has_an_example_of_its_type()
    {
        foreach (Match section in Sections().Matches(Page))
        {
            var type = ProblemType.All.Single(known => known.Name == section.Groups["name"].Value);
            var example = Examples().Match(TextOf(section));
            Assert.True(example.Success, $"{type.Name} has no example.");

            var problem = JsonNode.Parse(example.Groups["json"].Value)!;
            Assert.Equal(type.Uri, (string)problem["type"]!);
            Assert.Equal(type.Title, (string)problem["title"]!);
            Assert.Equal(type.Status, (int)problem["status"]!);
            Assert.All(problem["errors"]?.AsArray() ?? [], error => Assert.Contains((string)error!["code"]!, ErrorCodes.All));
        }
    }

    [Fact]
    public void Every_error_code_has_its_line()
    {
        var lines = Codes().Matches(Page).Select(line => line.Groups["code"].Value);

        Assert.Equal(ErrorCodes.All, lines);
    }

    private static string TextOf(Match section)
    {
        var text = Page[section.Index..];
        return text[..(Sections().Match(text, section.Length) is { Success: true } next ? next.Index : text.Length)];
    }

    [GeneratedRegex(@"\n\n\*\*What happened\.\*\* \S.*\n\n\*\*What to do\.\*\* \S", RegexOptions.Singleline)]
    private static partial Regex Explanation();

    [GeneratedRegex("^### (?<status>[0-9]{3}) (?<name>[a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex Sections();

    [GeneratedRegex("^```json\n(?<json>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Examples();

    [GeneratedRegex("^\\| `(?<code>[a-z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Codes();
}
