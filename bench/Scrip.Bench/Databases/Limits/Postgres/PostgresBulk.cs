using System.Diagnostics;
using Npgsql;
using Scrip.Bench.Certificates;

namespace Scrip.Bench.Databases.Limits.Postgres;

/// <summary>PostgreSQL's fastest ways: COPY for new rows, one statement for a set of changes.</summary>
internal sealed class PostgresBulk : IBulkLimit
{
    private const string UpdateStatement = """
        update certificate c
        set value_minor = n.value_minor, version = version + 1, updated_at = $3, last_entry_id = n.id
        from (select unnest($1::bigint[]) as id, unnest($2::bigint[]) as value_minor) as n
        where c.site_id = 1 and c.id = n.id
        """;

    private readonly Store store;
    private readonly NpgsqlConnection connection;
    private readonly PostgresTable table;
    private long round;

    private PostgresBulk(Store store)
    {
        this.store = store;
        connection = new NpgsqlConnection(store.Setting);
        table = new PostgresTable(connection);
    }

    public string InsertName => "binary COPY";

    public IReadOnlyList<BulkUpdate> Updates => [new("set-wise update", UpdateAsync)];

    public static async Task<PostgresBulk> OpenAsync(Store store, CancellationToken cancellationToken)
    {
        var bulk = new PostgresBulk(store);
        await bulk.connection.OpenAsync(cancellationToken);
        await bulk.table.CreateAsync(cancellationToken);
        return bulk;
    }

    public async Task<double> InsertAsync(int count, CancellationToken cancellationToken)
    {
        var codes = table.NextCodes(count);
        var start = Stopwatch.GetTimestamp();
        await table.CopyAsync(codes, cancellationToken);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await store.DisposeAsync();
    }

    private async Task<double> UpdateAsync(int count, CancellationToken cancellationToken)
    {
        round++;
        var start = Stopwatch.GetTimestamp();
        var ids = Enumerable.Range(1, count).ToArray();
        await using var update = new NpgsqlCommand(UpdateStatement, connection);
        update.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = Array.ConvertAll(ids, id => (long)id) });
        update.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = Array.ConvertAll(ids, id => FaceValues.Of(id, (int)round) * 100L) });
        update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = round });
        await update.ExecuteNonQueryAsync(cancellationToken);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
