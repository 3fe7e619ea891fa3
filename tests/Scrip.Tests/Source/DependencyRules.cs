using System.Text.RegularExpressions;
using Scrip.Ledger;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Which projects may depend on which (docs/architecture.md).</summary>
public sealed partial class DependencyRules
{
    [Fact]
    public void Projects_know_whom_the_design_lets_them_know()
    {
        var actual = SourceTree.Projects.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal))
            .Select(project => $"{project.Name} -> {string.Join(", ", References(project))}".TrimEnd());
        Assert.Equal(
            [
                "Scrip -> Scrip.Client, Scrip.Files, Scrip.Server",
                "Scrip.Client ->",
                "Scrip.Files ->",
                "Scrip.Ledger ->",
                "Scrip.Server -> Scrip.Client, Scrip.Files, Scrip.Ledger, Scrip.Storage",
                "Scrip.Storage -> Scrip.Ledger",
            ],
            actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_ledger_rests_on_the_base_library_alone()
    {
        var project = SourceTree.Projects.Single(project => project.Name == "Scrip.Ledger").Xml;
        Assert.DoesNotContain(project.Descendants(), element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
        Assert.All(
            typeof(LedgerState).Assembly.GetReferencedAssemblies(),
            assembly => Assert.StartsWith("System.", assembly.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_ledger_is_pure()
    {
        var impure = SourceTree.CSharpIn("src/Scrip.Ledger/").SelectMany(file => file.LinesWhere(line =>
            !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Impure().IsMatch(line)));
        Rule.HasNo(impure);
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var listed = SourceTree.Read("Scrip.slnx").Xml.Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        var found = SourceTree.Projects.Select(project => project.Path);
        Assert.Equal(found.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(SourceFile project) =>
        project.Xml.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Split('/', '\\')[^1]))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(
        @"\b(async|await|Task|ValueTask|Thread|TimeProvider|Stopwatch|Random|RandomNumberGenerator|Guid|"
        + @"File|Directory|Environment|Console|HttpClient)\b")]
    private static partial Regex Impure();
}
