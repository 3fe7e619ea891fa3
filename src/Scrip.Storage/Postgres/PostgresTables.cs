using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// What the tables of a site are called on the server that has them. On a Citus cluster a site's rows are in shards, which are tables of
/// their node: a statement that names them is an ordinary one there, planned once and carried out in one place
/// (docs/decisions/0045-shards-by-name.md).
/// </summary>
internal sealed partial class PostgresTables
{
    /// <summary>The tables of a site that are distributed. Those of sites and tokens are not.</summary>
    public static readonly string[] Distributed = ["certificate", "counter", "entry", "idempotency_record", "redemption"];

    private readonly IReadOnlyDictionary<string, long> shards;
    private readonly ConcurrentDictionary<string, string> texts = new();

    private PostgresTables(IReadOnlyDictionary<string, long> shards) => this.shards = shards;

    /// <summary>As the schema calls them.</summary>
    public static PostgresTables AsMade { get; } = new(new Dictionary<string, long>());

    /// <summary>The shard whose lock keeps all shards of the site where they are; null where there are no shards.</summary>
    public long? Anchor => shards.TryGetValue("counter", out var anchor) ? anchor : null;

    /// <param name="shards">The number of the shard of each of <see cref="Distributed"/>, or of those that are asked.</param>
    public static PostgresTables InShards(IReadOnlyDictionary<string, long> shards) => new(shards);

    /// <summary>The statement with the names of these tables.</summary>
    public string In(string statement) => shards.Count == 0 ? statement : texts.GetOrAdd(statement, Renamed);

    /// <summary>The query with the names of these tables. There are too many to keep.</summary>
    public ComposedQuery Adapt(ComposedQuery query) => shards.Count == 0 ? query : new ComposedQuery(Renamed(query.Text), query.Values);

    /// <summary>Names these tables in all statements of a batch.</summary>
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
    /// A read asks before it begins: what is written after the shard has moved is acknowledged after that, and need not be seen.
    /// </summary>
    /// <exception cref="StorageException">The shards are on another node now; what is left here of them no longer counts.</exception>
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
        @"(?<=\b(from|join|into|update|copy) )(certificate|counter|entry|idempotency_record|redemption)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex TableInStatement();
}
