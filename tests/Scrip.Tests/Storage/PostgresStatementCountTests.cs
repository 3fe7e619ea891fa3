using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Postgres;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Storage;

/// <summary>A group costs one statement for each table and kind of change, however many writes it has; a read costs one.</summary>
[Trait("Database", "Postgres")]
public sealed partial class PostgresStatementCountTests : IDisposable
{
    private const int Certificates = 200;

    private readonly ITestOutputHelper output;
    private readonly PostgresServer server = PostgresServer.Start("log_statement=all", "log_line_prefix=%a:");
    private readonly HeldStore store;
    private readonly WritePipeline pipeline;

    public PostgresStatementCountTests(ITestOutputHelper output)
    {
        this.output = output;
        store = new HeldStore(PostgresStore.Open(new StoreSettings(server.CreateDatabase(), "USD", "UTC"), Instants.Start));
        pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
    }

    public void Dispose()
    {
        pipeline.Dispose();
        store.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData("an update", "update {0}:C{0}=777")]
    [InlineData("a payment by id", "redeem #{0} 100 R{0}")]
    [InlineData("a payment by code", "redeem C{0} 100 R{0}")]
    public async Task A_group_of_a_hundred_has_the_statements_of_a_group_of_one(string kind, string request)
    {
        await SendAsync($"create {string.Join(' ', Enumerable.Range(1, Certificates).Select(id => $"C{id}=500"))}", "created");
        var one = await StatementsOfGroupAsync(request, first: 1, count: 1);
        var ten = await StatementsOfGroupAsync(request, first: 2, count: 10);
        var hundred = await StatementsOfGroupAsync(request, first: 12, count: 100);

        output.WriteLine($"{kind}: {one.Count} statements for 1, {ten.Count} for 10, {hundred.Count} for 100.");
        output.WriteLine(string.Join('\n', hundred));
        Assert.Equal("commit", hundred[^1]);
        Assert.Equal(one, ten);
        Assert.Equal(one, hundred);
    }

    [Fact]
    public async Task A_read_is_one_statement()
    {
        using var reads = PostgresStore.Open(new StoreSettings(server.CreateDatabase(), "USD", "UTC"), Instants.Start);
        Assert.Null(await reads.FindAsync(1, 1, CancellationToken.None));
        var before = Statements().Count;
        for (var read = 1; read <= 3; read++)
            Assert.Null(await reads.FindAsync(1, 1, CancellationToken.None));
        var statements = Statements()[before..];
        Assert.Equal(3, statements.Count);
        Assert.All(statements, statement => Assert.StartsWith("select c.id", statement, StringComparison.Ordinal));
    }

    /// <summary>The first line of each statement that the server received for the group.</summary>
    private async Task<IReadOnlyList<string>> StatementsOfGroupAsync(string request, int first, int count)
    {
        var commits = store.Commits;
        store.Hold();
        var before = SendAsync($"create BEFORE-{first}", $"before-{first}");
        await store.ArrivalAsync();
        var group = Enumerable.Range(first, count)
            .Select(id => SendAsync(string.Format(CultureInfo.InvariantCulture, request, id), $"key-{id}")).ToList();
        store.LetGo();
        await before;
        Assert.All(await Task.WhenAll(group), answer => Assert.False(answer.IsReplay));
        Assert.Equal(commits + 2, store.Commits);

        var statements = Statements();
        return statements[statements.FindLastIndex(IsBegin)..];
    }

    private List<string> Statements() => [.. LoggedStatement().Matches(server.ReadLog()).Select(match => match.Groups["line"].Value)];

    private static bool IsBegin(string statement) => statement.StartsWith("begin", StringComparison.Ordinal);

    private Task<WriteAnswer> SendAsync(string request, string key) =>
        pipeline.ExecuteAsync(CommandText.Parse(request, identity: CommandText.Identity(key)), CancellationToken.None);

    [GeneratedRegex("^scrip:LOG:  (?:execute [^:]+|statement): (?:--.*\n\t)*(?<line>.*)$", RegexOptions.Multiline)]
    private static partial Regex LoggedStatement();
}
