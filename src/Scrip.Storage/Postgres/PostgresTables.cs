using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The names of a site's tables on the server that stores them. On a Citus cluster the rows of a site are in shards, which are tables of
/// their node: a statement that names them is an ordinary statement there, planned once and executed in one place
/// (docs/decisions/0045-shards-by-name.md).
/// </summary>
internal sealed partial class PostgresTables
{
    /// <summary>The tables that are distributed by site. Those of sites and tokens are not.</summary>
    public static readonly string[] Distributed = ["batch", "certificate", "counter", "entry", "idempotency_record", "redemption"];

    private readonly IReadOnlyDictionary<string, long> shards;
    private readonly ConcurrentDictionary<string, string> texts = new();

    private PostgresTables(IReadOnlyDictionary<string, long> shards) => this.shards = shards;

    /// <summary>The names in the schema.</summary>
    public static PostgresTables AsMade { get; } = new(new Dictionary<string, long>());

    /// <summary>The shard whose lock keeps all shards of the site in place; null if there are no shards.</summary>
    public long? Anchor => shards.TryGetValue("counter", out var anchor) ? anchor : null;

    /// <param name="shards">The shard number of each of <see cref="Distributed"/>, or of those that are used.</param>
    public static PostgresTables InShards(IReadOnlyDictionary<string, long> shards) => new(shards);

    /// <summary>Returns the statement with the names of these tables.</summary>
    public string In(string statement) => shards.Count == 0 ? statement : texts.GetOrAdd(statement, Renamed);

    /// <summary>Returns the query with the names of these tables. Queries are too varied to be cached.</summary>
    public ComposedQuery Adapt(ComposedQuery query) => shards.Count == 0 ? query : new ComposedQuery(Renamed(query.Text), query.Values);

    /// <summary>Replaces the table names in all statements of a batch.</summary>
    public NpgsqlBatch Adapt(NpgsqlBatch batch)
    {
        if (shards.Count > 0)
        {
            foreach (NpgsqlBatchCommand command in batch.BatchCommands)
                command.CommandText = In(command.CommandText);
        }
        return batch;
    }

    /// <summary>
    /// Checks that the shards are still on this node. A read checks before it begins: a write after the shard has moved is acknowledged
    /// later, so the read need not see it.
    /// </summary>
    /// <exception cref="StorageException">The shards are on another node now, and what remains of them here no longer counts.</exception>
    public async Task<bool> RequireHereAsync(NpgsqlConnection connection)
    {
        if (Anchor is not { } anchor)
            return true;
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("citus_shard_is_here").With(anchor);
        return await batch.ExecuteScalarAsync(CancellationToken.None) is true ? true : throw Moved(inner: null);
    }

    public static StorageException Moved(Exception? inner) =>
        new(StorageFault.Interrupted, "The site has moved to another node of the cluster.", inner);

    private string Renamed(string statement) => TableInStatement().Replace(
        statement,
        table => shards.TryGetValue(table.Value, out var shard) ? FormattableString.Invariant($"{table.Value}_{shard}") : table.Value);

    [GeneratedRegex(
        @"(?<=\b(from|join|into|update|copy) )(batch|certificate|counter|entry|idempotency_record|redemption)\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TableInStatement();
}
