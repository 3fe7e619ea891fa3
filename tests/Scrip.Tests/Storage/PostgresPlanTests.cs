using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// The pipeline finds rows by whole keys, however little the planner knows. A plan made while the tables were empty stays in a session, and
/// one that scans a site's rows would become slower with every certificate.
/// </summary>
[Trait("Database", "Postgres")]
public sealed partial class PostgresPlanTests : IDisposable
{
    /// <summary>Tables with one row for each site.</summary>
    private static readonly string[] KeyedBySiteAlone = ["counter", "access_version"];

    /// <summary>Sites and tokens are all read whenever one of them changes.</summary>
    private static readonly string[] ReadWhole = ["access_sites", "access_tokens"];

    private readonly PostgresDatabase database = new();

    public PostgresPlanTests() => database.Open().Dispose();

    public void Dispose() => database.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_statement_of_the_pipeline_finds_its_rows_by_their_whole_key(bool isAnalyzed)
    {
        var source = PostgresSettings.Single(PostgresSettings.Parse(database.Settings.ConnectionString));
        var writer = new PostgresWriter(() => source, plansOnce: static () => true, prepare: static () => { }, CancellationToken.None);
        var connection = writer.Begin();
        var statements = PipelineStatements();
        Assert.True(statements.Count > 15);

        // As in a new shop, the planner has analyzed empty tables.
        database.Ask("vacuum analyze");
        foreach (var statement in statements)
            Prepare(connection, statement);
        for (var run = 0; run < 10; run++)
            statements.ForEach(statement => ScansOf(connection, statement));
        Fill();
        if (isAnalyzed)
            database.Ask("analyze");
        // As the writer does when a site has grown.
        Ask(connection, PostgresStatements.Text("plans_discard"));
        var others = statements.SelectMany(statement => ScansOf(connection, statement)).Where(scan => !scan.IsByWholeKey).ToList();
        await writer.CloseAsync();
        Rule.HasNo(others.Select(scan => scan.ToString()));
    }

    [Fact]
    public void The_entries_of_a_reference_are_found_by_their_whole_keys()
    {
        Fill();
        database.Ask("analyze");
        var query = ComposedQuery.List(
            PostgresStatements.Text("entry_list"), new EntryQuery { Reference = "R17", AfterId = 3, Take = 100 }, PostgresStore.Dialect);
        using var connection = new NpgsqlConnection(database.Settings.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("explain (format json) " + query.Text, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = 1L });
        foreach (var value in query.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        using var plan = JsonDocument.Parse((string)command.ExecuteScalar()!);
        var scans = new List<Scan>();
        Collect(plan.RootElement[0].GetProperty("Plan"), "entry_list", scans);

        Assert.True(scans.Count > 4);
        Rule.HasNo(scans.Where(scan => !scan.IsByWholeKey).Select(scan => scan.ToString()));
    }

    [Fact]
    public void Groups_read_their_own_rows_also_in_a_shop_that_was_planned_for_while_it_was_empty()
    {
        const int groups = 20;
        database.Ask("vacuum analyze");
        using (var store = database.Open())
        {
            for (var id = 1; id <= 3; id++)
            {
                Write(store, $"create A{id}=5");
                Write(store, $"update {id}:A{id}=6");
            }
            Write(store, "create " + Items(4, 5_000, id => $"A{id}=5"));
            for (var group = 0; group < groups; group++)
                Write(store, "update " + Items(group * 64 + 1, 64, id => $"{id}:A{id}=7"));
        }
        Assert.InRange(WaitForRowsRead(atLeast: groups * 64), groups * 64, groups * 64 * 10);
    }

    [Fact]
    public void A_search_looks_through_the_index_of_codes_alone()
    {
        Fill();
        database.Ask("vacuum analyze certificate");
        var search = new CertificateQuery { Search = "X" };
        var page = ComposedQuery.List(PostgresStatements.Text("certificate_list"), search with { Take = 100 }, PostgresStore.Dialect);
        var count = ComposedQuery.Count(PostgresStatements.Text("certificate_count"), search, PostgresStore.Dialect);
        using var connection = database.Postgres.Connect();
        foreach (var query in new[] { page, count })
        {
            using var batch = new NpgsqlBatch(connection);
            batch.Add(1, query with { Text = $"explain (format text) {query.Text}" });
            using var row = batch.ExecuteReader();
            var plan = new List<string>();
            while (row.Read())
                plan.Add(row.GetString(0));
            Assert.Contains(plan, step => step.Contains("Index Only Scan using certificate_code_unique", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("Seq Scan", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_scan_keeps_one_processor_busy()
    {
        await using var readers = PostgresSettings.Pool(PostgresSettings.Parse(database.Settings.ConnectionString));
        await using var command = readers.CreateCommand("show max_parallel_workers_per_gather");

        Assert.Equal("0", await command.ExecuteScalarAsync());
    }

    private static string Items(int first, int count, Func<int, string> item) => string.Join(' ', Enumerable.Range(first, count).Select(item));

    private static void Write(IStore store, string request)
    {
        var command = CommandText.Parse(request);
        var footprint = new Footprint();
        command.AddTo(footprint);
        using var transaction = store.Begin(Site.DefaultId, footprint, Instants.Start);
        command.ApplyTo(transaction.State, Instants.Start);
        transaction.Commit();
    }

    /// <summary>Counts the rows read by all indexes. A session adds its own counts when it ends.</summary>
    private long WaitForRowsRead(int atLeast)
    {
        var read = 0L;
        for (var attempt = 0; attempt < 100 && read < atLeast; attempt++)
        {
            read = long.Parse(database.Ask("select sum(idx_tup_read) from pg_stat_user_indexes").Single(), CultureInfo.InvariantCulture);
            Thread.Sleep(50);
        }
        return read;
    }

    /// <summary>Read from the source, so that no new statement is forgotten.</summary>
    private static List<string> PipelineStatements() =>
    [
        .. SourceTree.CSharpIn("src/Scrip.Storage/Postgres/Postgres")
            .Where(file => file.Name is "PostgresLoading" or "PostgresWriting" or "PostgresTransaction")
            .SelectMany(file => AddedStatement().Matches(file.Text))
            .Select(match => match.Groups["name"].Value)
            .Where(name => !name.StartsWith("transaction_", StringComparison.Ordinal) && name is not ("snapshot_begin" or "plans_discard") && !ReadWhole.Contains(name))
            // Without the statements about Citus's own catalogue.
            .Where(name => !name.StartsWith("citus_", StringComparison.Ordinal))
            .Distinct(),
    ];

    private static void Prepare(NpgsqlConnection connection, string statement) =>
        Ask(connection, $"prepare {statement} as {PostgresStatements.Text(statement)}");

    private static List<Scan> ScansOf(NpgsqlConnection connection, string statement)
    {
        var types = Ask(connection, $"select array_to_string(parameter_types, ',') from pg_prepared_statements where name = '{statement}'");
        var values = types.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ValueOf);
        using var plan = JsonDocument.Parse(Ask(connection, $"explain (format json) execute {statement} ({string.Join(", ", values)})"));
        var scans = new List<Scan>();
        Collect(plan.RootElement[0].GetProperty("Plan"), statement, scans);
        return scans;
    }

    /// <summary>A value of a parameter's type: a custom plan depends on values, and for nulls it would be empty.</summary>
    private static string ValueOf(string type) => type switch
    {
        "bigint[]" => ArrayOf(number => $"{number}"),
        "text[]" or "bytea[]" => ArrayOf(number => $"C{number}"),
        "boolean[]" => ArrayOf(number => number % 2 == 0 ? "true" : "false"),
        "text" or "bytea" => "'C1'",
        _ => "1",
    };

    /// <summary>A group of many: another plan may be right for three rows than for sixty.</summary>
    private static string ArrayOf(Func<int, string> item) => $"'{{{string.Join(',', Enumerable.Range(1, 64).Select(item))}}}'";

    private static void Collect(JsonElement node, string statement, List<Scan> scans)
    {
        var kind = node.GetProperty("Node Type").GetString()!;
        if (kind.EndsWith("Scan", StringComparison.Ordinal) && node.TryGetProperty("Relation Name", out var table))
        {
            var condition =
                node.TryGetProperty("Index Cond", out var found) || node.TryGetProperty("Recheck Cond", out found) ? found.GetString()! : "";
            scans.Add(new Scan(statement, kind, table.GetString()!, condition));
        }
        if (node.TryGetProperty("Plans", out var below))
        {
            foreach (var child in below.EnumerateArray())
                Collect(child, statement, scans);
        }
    }

    /// <summary>Creates two sites with several thousand rows in each growing table.</summary>
    private void Fill()
    {
        string[] inserts =
        [
            """
            insert into certificate
                (site_id, id, code, code_folded, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at,
                 starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
            select s, n, 'C' || n, 'c' || n, true, 500, 0, 0, 1, 500, n, 7, n, null, null, false, null, n, n, 0
            """,
            """
            insert into entry
                (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor, created_at)
            select s, n + 5000, n, n, 0, 2, 0, 500, 0, 500, null, 7, n
            """,
            """
            insert into redemption
                (site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
            select s, n, n, 'R' || n, 1, 5, 0, 0, 495, n, n, 0
            """,
            """
            insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
            select s, 7, 'K' || n, '', '', '', n
            """,
            """
            insert into batch (site_id, id, name, source, first_certificate_id, certificates, units, created_at, created_by)
            select s, n, null, 1, n, 1, 5, n, 7
            """,
            """
            insert into api_token (site_id, id, name, scopes, hash, created_at)
            select s, n, 'T' || n, 1, int8send(n), n
            """,
        ];
        foreach (var insert in inserts)
            database.Ask($"{insert} from generate_series(1, 2) s, generate_series(1, 5000) n");
        database.Ask("insert into counter values (1, 5000, 10000, 5000, 5000, 0), (2, 5000, 10000, 5000, 5000, 0)");
    }

    private static string Ask(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() as string ?? "";
    }

    [GeneratedRegex("""\.Add\("(?<name>[a-z_]+)"\)""")]
    private static partial Regex AddedStatement();

    private sealed record Scan(string Statement, string Kind, string Table, string Condition)
    {
        public bool IsByWholeKey =>
            Kind is "Index Scan" or "Index Only Scan" or "Bitmap Heap Scan"
            && (Condition.Contains(" AND ", StringComparison.Ordinal) || KeyedBySiteAlone.Contains(Table));

        public override string ToString() => $"{Statement}: {Kind} of {Table} by {Condition}";
    }
}
