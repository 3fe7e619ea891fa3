using System.Text.RegularExpressions;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// On a Citus cluster the statements of a group name the site's shards. A statement with a table's name would go through Citus: planned
/// with each call, and, for an insert from a select, collected on the node that was asked and committed in two phases.
/// </summary>
public sealed partial class PostgresTablesTests
{
    private static readonly PostgresTables Shards = PostgresTables.InShards(
        PostgresTables.Distributed.ToDictionary(table => table, table => 102_000L + table.Length));

    /// <summary>The statements that are sent to the node of a site.</summary>
    public static TheoryData<string> Statements => [.. Names];

    private static IReadOnlyList<string> Names =>
    [
        .. SourceTree.CSharpIn("src/Scrip.Storage/Postgres/")
            .Where(file => file.Name is "PostgresLoading" or "PostgresWriting" or "PostgresTransaction" or "PostgresCopy" or "PostgresRounds")
            .SelectMany(file => NamedStatement().Matches(file.Text)).Select(match => match.Groups["name"].Value).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Every_table_of_a_site_is_named_by_its_shard(string name)
    {
        var bare = Comment().Replace(PostgresStatements.Text(name), "");
        var tables = TableAlone().Count(bare);
        var named = Shards.In(bare);

        Assert.Equal(tables, ShardAlone().Count(named));
        Assert.Equal(0, TableAlone().Count(named));
        Assert.Equal(PostgresStatements.Text(name), PostgresTables.AsMade.In(PostgresStatements.Text(name)));
    }

    [Fact]
    public void There_are_statements_with_each_of_the_tables() =>
        Assert.All(PostgresTables.Distributed, table => Assert.Contains(
            Names, name => Shards.In(PostgresStatements.Text(name)).Contains(table + "_102", StringComparison.Ordinal)));

    [GeneratedRegex("""(\.Add\("|Text\(")(?<name>[a-z_]+)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedStatement();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    /// <summary>A table name, but not a column or a part of another word.</summary>
    [GeneratedRegex(@"(?<![.\w])(batch|certificate|counter|entry|idempotency_record|redemption)\b(?!\.)")]
    private static partial Regex TableAlone();

    [GeneratedRegex(@"\b(batch|certificate|counter|entry|idempotency_record|redemption)_102\d{3}\b")]
    private static partial Regex ShardAlone();
}
