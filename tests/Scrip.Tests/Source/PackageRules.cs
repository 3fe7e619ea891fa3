using System.Text.Json;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

public sealed partial class PackageRules
{
    [Fact]
    public void Versions_are_exact_and_in_one_place()
    {
        var central = SourceTree.Read("Directory.Packages.props").Xml;
        Assert.All(central.Descendants("PackageVersion"), package => Assert.Matches(Exact(), package.Attribute("Version")!.Value));

        var elsewhere = SourceTree.Projects.Append(SourceTree.Read("Directory.Build.props"))
            .SelectMany(project => project.Xml.Descendants())
            .Where(element => element.Name.LocalName is "PackageReference" or "PackageVersion" or "GlobalPackageReference")
            .Select(package => package.ToString())
            .Where(package => package.Contains("Version", StringComparison.Ordinal));
        Rule.HasNo(elsewhere);
    }

    [Fact]
    public void Every_project_has_a_lock_file_of_exact_versions() =>
        Assert.All(SourceTree.Projects, project =>
        {
            using var locked = JsonDocument.Parse(LockFile(project));
            var frameworks = locked.RootElement.GetProperty("dependencies").EnumerateObject();
            var packages = frameworks.SelectMany(framework => framework.Value.EnumerateObject());
            Assert.All(
                packages.Where(package => package.Value.GetProperty("type").GetString() != "Project"),
                package => Assert.Matches(Exact(), package.Value.GetProperty("resolved").GetString()));
        });

    /// <summary>
    /// The lock file shows that the analyzer reached the project; the properties show that it got the list and was not silenced.
    /// </summary>
    [Fact]
    public void Banned_symbols_are_banned_in_every_project()
    {
        var shared = SourceTree.Read("Directory.Build.props").Xml;
        Assert.Contains(shared.Descendants("PackageReference"), package =>
            package.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers" && package.Attribute("Condition") is null);
        Assert.Contains(shared.Descendants("AdditionalFiles"), file =>
            file.Attribute("Include")!.Value == "$(MSBuildThisFileDirectory)BannedSymbols.txt" && file.Attribute("Condition") is null);
        Assert.NotEmpty(SourceTree.Read("BannedSymbols.txt").Lines);

        foreach (var project in SourceTree.Projects)
        {
            using var locked = JsonDocument.Parse(LockFile(project));
            var framework = locked.RootElement.GetProperty("dependencies").EnumerateObject().First().Value;
            Assert.Equal("Direct", framework.GetProperty("Microsoft.CodeAnalysis.BannedApiAnalyzers").GetProperty("type").GetString());
        }
        Rule.HasNo(SourceTree.Code.SelectMany(file => file.LinesWhere(line => line.Contains("RS0030", StringComparison.Ordinal))));
        Assert.DoesNotContain("RS0030", SourceTree.Read(".editorconfig").Text, StringComparison.Ordinal);
    }

    private static string LockFile(SourceFile project) => SourceTree.Read($"{Path.GetDirectoryName(project.Path)}/packages.lock.json").Text;

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){1,3}(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
