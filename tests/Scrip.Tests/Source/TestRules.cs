using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>
/// A test that returns early on the wrong database or machine counts as passed and tests nothing. A test for SQLite alone has the trait
/// <c>Database=SQLite</c>, or is in a class that names its database. One with requirements on the machine has a
/// <see cref="RequirementFactAttribute"/>.
/// </summary>
public sealed partial class TestRules
{
    [Fact]
    public void No_test_returns_because_of_where_it_runs() => Rule.HasNo(
        from file in SourceTree.Tests
        from Match way in EarlyReturn().Matches(file.Text)
        select $"{file.Path}: {way.Value.ReplaceLineEndings(" ")}");

    /// <summary>
    /// xunit 2 only calls <see cref="IAsyncLifetime"/> and <see cref="IDisposable"/>: a server would survive such a test.
    /// </summary>
    [Fact]
    public void No_test_class_relies_on_IAsyncDisposable() => Rule.HasNo(
        from file in SourceTree.Tests
        where file.Path.EndsWith("Tests.cs", StringComparison.Ordinal)
        from line in file.LinesWhere(line => line.StartsWith("public ", StringComparison.Ordinal)
            && line.Contains("class ", StringComparison.Ordinal) && line.Contains(nameof(IAsyncDisposable), StringComparison.Ordinal))
        select line);

    /// <summary>The first rule would be worthless if its pattern found nothing.</summary>
    [Theory]
    [InlineData("if (TestStorage.IsPostgres)\n    return;")]
    [InlineData("if (!store.SharesCommits)\n{\n    return;\n}")]
    [InlineData("if (database is PostgresDatabase)\treturn;")]
    [InlineData("if (!OperatingSystem.IsLinux())\n    return;")]
    public void An_early_return_is_found(string code) => Assert.Matches(EarlyReturn(), code);

    [Theory]
    [InlineData("if (!TestStorage.IsPostgres)\n    CheckIntegrity();\nreturn;")]
    [InlineData("if (id is null)\n    return;")]
    public void Another_return_is_none(string code) => Assert.DoesNotMatch(EarlyReturn(), code);

    [GeneratedRegex(
        @"\bif \([^;{}]*\b(IsPostgres\b|SharesCommits\b|(Postgres|Sqlite)(Database|Store)\b|OperatingSystem\.)[^;{}]*\)\s*\{?\s*return;",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EarlyReturn();
}
