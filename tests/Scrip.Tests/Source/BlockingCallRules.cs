using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>
/// Only the writer threads, the heartbeat's and the one that prepares a database may block inside PostgreSQL's driver. Reads never do, on
/// any thread (docs/decisions/0024-sockets-with-postgresql.md).
/// </summary>
public sealed partial class BlockingCallRules
{
    /// <summary>Classes that only these threads run.</summary>
    private static readonly string[] OfThreadsThatMayWait =
    [
        "PostgresCopy", "PostgresDistribution", "PostgresDurability", "PostgresFolding", "PostgresHeartbeat", "PostgresMigrations", "PostgresPoolers",
        "PostgresProbes", "PostgresSetup", "PostgresStatements", "PostgresTables", "PostgresTransaction", "PostgresWriter", "PostgresWriting",
    ];

    private static readonly string[] ThoseWhoConnect =
        ["PostgresReaders", "PostgresCancellation", "PostgresHeartbeat", "PostgresPoolers", "PostgresWriter", "PostgresSetup"];

    [Fact]
    public void What_reads_does_not_block() => Rule.HasNo(
        SourceTree.CSharpIn("src/Scrip.Storage/Postgres/")
            .Where(file => !OfThreadsThatMayWait.Contains(file.Name))
            .SelectMany(file => file.LinesWhere(line => BlockingCall().IsMatch(line))));

    [Fact]
    public void Only_the_readers_have_connections_to_read_on() => Rule.HasNo(
        SourceTree.CSharpIn("src/Scrip.Storage/Postgres/").SelectMany(file => file.LinesWhere(line =>
            (OpensConnection().IsMatch(line) && !ThoseWhoConnect.Contains(file.Name))
            || (line.Contains("PostgresSettings.Pool(", StringComparison.Ordinal) && file.Name != "PostgresReaders"))));

    /// <summary>The driver blocks on the server to cancel a statement (docs/decisions/0039-cancelling-without-the-driver.md).</summary>
    [Fact]
    public void What_reads_has_the_driver_cancel_nothing() => Rule.HasNo(
        SourceTree.CSharpIn("src/Scrip.Storage/Postgres/").SelectMany(file => file.LinesWhere(line => MayCancel().IsMatch(line))));

    [GeneratedRegex(@"\.(Read|NextResult|ExecuteReader|ExecuteScalar|ExecuteNonQuery|OpenConnection|Open|BeginTransaction|Wait|GetResult)\(")]
    private static partial Regex BlockingCall();

    [GeneratedRegex(
        @"(\.(ExecuteReader|ExecuteScalar|ExecuteNonQuery|NextResult|OpenConnection|Prepare)|\brow\.Read)Async\((?!CancellationToken\.None\)|\))|\.Cancel\(")]
    private static partial Regex MayCancel();

    [GeneratedRegex(@"\.OpenConnection(Async)?\(|new NpgsqlConnection\(")]
    private static partial Regex OpensConnection();
}
