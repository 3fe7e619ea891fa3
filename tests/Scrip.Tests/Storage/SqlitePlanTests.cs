using Microsoft.Data.Sqlite;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// The pipeline and reads of single things use whole keys. Without statistics SQLite assumes that the site, which leads every key, is as
/// selective as any column, and walks a site's rows, which becomes slower with every payment.
/// </summary>
public sealed class SqlitePlanTests : IDisposable
{
    /// <summary>Statements, besides snapshots, that read all of something, or all of the few sites and tokens.</summary>
    private static readonly string[] ReadWhole =
    [
        "access_sites", "access_tokens", "batch_list", "code_count", "certificate_count", "certificate_list", "certificate_list_all",
        "certificate_list_batch", "entry_count", "entry_list",
        "redemption_count", "redemption_list",
    ];

    /// <summary>Tables with one row for each site.</summary>
    private static readonly string[] KeyedBySiteAlone = ["counter", "access_version", "site"];

    private readonly SqliteDatabase database = new();

    public SqlitePlanTests() => database.Open().Dispose();

    public void Dispose() => database.Dispose();

    [Fact]
    public void Every_statement_of_the_pipeline_finds_its_rows_by_their_whole_key()
    {
        using var connection = database.Connect();
        var plans = PipelineStatements().SelectMany(name => PlanOf(connection, name, Text(name))).ToList();
        Assert.True(plans.Count > 12);
        Rule.HasNo(plans.Where(IsWalk));
    }

    [Fact]
    public void A_list_of_a_few_things_finds_them_by_their_keys()
    {
        using var connection = database.Connect();
        CertificateQuery[] certificates =
        [
            CertificateQuery.Everything with { Id = 1 },
            CertificateQuery.Everything with { Code = "A-1" },
            CertificateQuery.Everything with { FoldedCode = "A1", AllAttributes = true },
        ];
        RedemptionQuery[] redemptions = [new() { Id = 1 }, new() { Reference = "R" }, new() { CertificateId = 1 }];
        ComposedQuery[] queries =
        [
            .. certificates.Select(query => ComposedQuery.List(Text("certificate_list_all"), query, SqliteStore.Dialect)),
            ComposedQuery.List(Text("certificate_list_batch"), CertificateQuery.Everything with { BatchId = 1 }, SqliteStore.Dialect),
            ComposedQuery.List(Text("batch_list"), new BatchQuery { AfterId = 1, Take = 10 }, SqliteStore.Dialect),
            .. redemptions.Select(query => ComposedQuery.List(Text("redemption_list"), query, SqliteStore.Dialect)),
            ComposedQuery.List(Text("entry_list"), new EntryQuery { CertificateId = 1 }, SqliteStore.Dialect),
            ComposedQuery.List(Text("entry_list"), new EntryQuery { Reference = "R" }, SqliteStore.Dialect),
            ComposedQuery.List(Text("entry_list"), new EntryQuery { AfterId = 1, Take = 10 }, SqliteStore.Dialect),
        ];
        Rule.HasNo(queries.SelectMany(query => PlanOf(connection, query.Text, query.Text)).Where(IsWalk));
    }

    [Fact]
    public void A_page_of_a_search_chooses_its_certificates_in_the_table_of_codes()
    {
        using var connection = database.Connect();
        var page = new CertificateQuery { Search = "A", AfterId = 5, Skip = 0, Take = 10 };
        var query = ComposedQuery.List(Text("certificate_list"), page, SqliteStore.Dialect);
        var plan = PlanOf(connection, "page", query.Text);
        Assert.Contains("page: SEARCH certificate USING PRIMARY KEY (site_id=? AND id=?)", plan);
        Assert.Contains("page: SEARCH certificate_code USING PRIMARY KEY (site_id=?)", plan);
        Assert.DoesNotContain(plan, step => step.Contains("certificate USING PRIMARY KEY (site_id=?)", StringComparison.Ordinal));
    }

    private static bool IsWalk(string step) =>
        (step.Contains(": SCAN", StringComparison.Ordinal) && !IsOfTimeline(step))
        || step.Contains(": BLOOM", StringComparison.Ordinal)
        || IsWholeSite(step);

    /// <summary>Whether the step scans the entries of one certificate, which the query itself has collected.</summary>
    private static bool IsOfTimeline(string step) =>
        step.EndsWith(": SCAN t", StringComparison.Ordinal) || step.EndsWith(": SCAN timeline", StringComparison.Ordinal);

    private static string Text(string statement) => SqlFiles.Read($"Sqlite/Sql/{statement}");

    private static bool IsWholeSite(string step) =>
        step.EndsWith("(site_id=?)", StringComparison.Ordinal)
        && !KeyedBySiteAlone.Any(table => step.Contains($": SEARCH {table} ", StringComparison.Ordinal));

    private static IEnumerable<string> PipelineStatements() => SourceTree.Code
        .Where(file => file.Path.StartsWith("src/Scrip.Storage/Sqlite/Sql/", StringComparison.Ordinal))
        .Select(file => file.Name)
        .Where(name => !ReadWhole.Contains(name) && !name.StartsWith("transaction_", StringComparison.Ordinal))
        .Where(name => !name.StartsWith("snapshot_", StringComparison.Ordinal));

    private static List<string> PlanOf(SqliteConnection connection, string name, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"explain query plan {statement}";
        for (var parameter = 1; parameter <= 20; parameter++)
        {
            if (command.CommandText.Contains($"?{parameter}", StringComparison.Ordinal))
                command.Parameters.AddWithValue($"?{parameter}", 1);
        }
        var steps = new List<string>();
        using var row = command.ExecuteReader();
        while (row.Read())
            steps.Add($"{name}: {row.GetString(3)}");
        return steps;
    }
}
