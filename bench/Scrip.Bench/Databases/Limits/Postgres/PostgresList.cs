using System.Data;
using System.Diagnostics;
using Npgsql;
using Scrip.Bench.Certificates;

namespace Scrip.Bench.Databases.Limits.Postgres;

internal sealed class PostgresList : IListLimit
{
    private const string Statement = "select id, code, is_active, value_minor from certificate where site_id = 1 order by id";

    public string Name => "reader to JSON";

    public async Task<double> RunAsync(Store store, int expectedRows, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(store.Setting);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statement, connection);
        using var json = new JsonRows();
        var code = new byte[CertificateCodes.Length];
        var start = Stopwatch.GetTimestamp();
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var id = row.GetInt64(0);
            var length = (int)row.GetBytes(1, 0, code, 0, code.Length);
            json.Write(id, code.AsSpan(0, length), row.GetBoolean(2), row.GetInt64(3));
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (json.Count != expectedRows)
            throw new BenchException($"The limit read {json.Count:N0} certificates instead of {expectedRows:N0}.");
        return json.Bytes / seconds;
    }
}
