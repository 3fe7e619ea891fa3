using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Each file has one statement, and the code that uses it names it. This applies to every adapter with a folder.</summary>
public sealed partial class SqlRules
{
    public static TheoryData<string> Adapters => [.. AdapterNames];

    private static string[] AdapterNames =>
    [
        .. SourceTree.Code.Select(file => AdapterPath().Match(file.Path)).Where(match => match.Success)
            .Select(match => match.Groups["adapter"].Value).Distinct(),
    ];

    [Fact]
    public void SQLite_has_its_statements_in_files() => Assert.NotEmpty(StatementsOf("Sqlite"));

    [Fact]
    public void Every_file_is_one_statement() =>
        Assert.All(AdapterNames.SelectMany(StatementsOf).Concat(Shared), file =>
        {
            var bare = NotStatement().Replace(file.Text, " ").Trim();
            Assert.True(
                bare.Length > 0 && !bare.TrimEnd(';').Contains(';', StringComparison.Ordinal),
                $"{file.Path} is not one statement.");
            Assert.Matches("^[a-z0-9_]+$", file.Name);
        });

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Every_file_is_named_in_code_and_every_name_has_a_file(string adapter)
    {
        string[] own = [.. StatementsOf(adapter).Select(file => file.Name)];
        string[] named = [.. NamesIn(SourceTree.CSharpIn($"src/Scrip.Storage/{adapter}/")).Union(NamedByAll)];

        Assert.Empty(own.Except(named));
        Assert.Empty(named.Except(own).Except(Shared.Select(file => file.Name)));
    }

    [Fact]
    public void A_shared_statement_is_used_by_every_adapter() => Assert.All(Shared, file => Assert.All(
        AdapterNames,
        adapter => Assert.True(
            NamedByAll.Contains(file.Name) || NamesIn(SourceTree.CSharpIn($"src/Scrip.Storage/{adapter}/")).Contains(file.Name),
            $"{file.Path} is not used in {adapter}.")));

    [Fact]
    public void What_every_adapter_writes_alike_is_shared()
    {
        var own = AdapterNames.Select(adapter => StatementsOf(adapter).ToDictionary(file => file.Name, Bare)).ToList();
        Rule.HasNo(own[0].Where(file => own.TrueForAll(other => other.GetValueOrDefault(file.Key) == file.Value)).Select(file => file.Key));
        Assert.Empty(own.SelectMany(files => files.Keys).Intersect(Shared.Select(file => file.Name)));

        static string Bare(SourceFile file) => White().Replace(NotStatement().Replace(file.Text, " "), " ");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Names_are_written_out_where_they_are_used(string adapter) =>
        Rule.HasNo(SourceTree.CSharpIn($"src/Scrip.Storage/{adapter}/").SelectMany(file => file.LinesWhere(line =>
            ComposedName().IsMatch(line) && !line.Contains("Named(string name)", StringComparison.Ordinal))));

    [Theory]
    [InlineData("Sqlite", "Postgres")]
    [InlineData("Postgres", "Sqlite")]
    public void What_only_one_of_them_is_asked_says_why(string adapter, string other)
    {
        var common = StatementsOf(other).Select(file => file.Name).ToHashSet();
        Rule.HasNo(StatementsOf(adapter)
            .Where(file => !common.Contains(file.Name) && !file.Lines.Any(line => line.StartsWith("--", StringComparison.Ordinal)))
            .Select(file => file.Path));
    }

    [Theory]
    [InlineData("certificate")]
    [InlineData("entry")]
    public void What_is_copied_has_the_columns_that_are_inserted(string table)
    {
        Assert.Equal(ColumnsOf($"{table}_insert"), ColumnsOf($"{table}_copy"));

        static string ColumnsOf(string name) =>
            White().Replace(StatementsOf("Postgres").Single(file => file.Name == name).Text.Split('(', ')')[1], " ");
    }

    /// <summary>The statements of all adapters.</summary>
    private static IEnumerable<SourceFile> Shared => SourceTree.Code.Where(file => SharedPath().IsMatch(file.Path));

    /// <summary>The names in the code that all adapters share.</summary>
    private static HashSet<string> NamedByAll =>
        NamesIn(SourceTree.CSharpIn("src/Scrip.Storage/").Where(file => OfAllAdapters().IsMatch(file.Path)));

    private static HashSet<string> NamesIn(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(file => NameInCode().Matches(file.Text)).Select(match => match.Groups["name"].Value)];

    private static IEnumerable<SourceFile> StatementsOf(string adapter) => SourceTree.Code.Where(file =>
        file.Path.StartsWith($"src/Scrip.Storage/{adapter}/Sql/", StringComparison.Ordinal)
        && file.Path.EndsWith(".sql", StringComparison.Ordinal));

    [GeneratedRegex("^src/Scrip.Storage/[^/]+$")]
    private static partial Regex OfAllAdapters();

    [GeneratedRegex("^src/Scrip.Storage/Sql/[^/]+[.]sql$")]
    private static partial Regex SharedPath();

    [GeneratedRegex("^src/Scrip.Storage/(?<adapter>[^/]+)/Sql/", RegexOptions.ExplicitCapture)]
    private static partial Regex AdapterPath();

    /// <summary>Comments and texts, in which a semicolon does not end a statement.</summary>
    [GeneratedRegex("--[^\n]*|'[^']*'")]
    private static partial Regex NotStatement();

    [GeneratedRegex("""(Named\("|\btext\("|Count: "|\.Insert\(rows, "|\.Add\("|Statements\.Text\("|Ask<[a-z]+>\(connection, ")(?<name>[a-z_]+)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex NameInCode();

    [GeneratedRegex("\\s+")]
    private static partial Regex White();

    [GeneratedRegex("""\bNamed\((?!")""")]
    private static partial Regex ComposedName();
}
