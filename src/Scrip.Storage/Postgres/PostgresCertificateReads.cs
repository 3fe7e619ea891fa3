using Npgsql;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Reads single certificates. Reads that wait at the same moment share a query, because the round trip to the server is most of the cost.
/// Like the write pipeline, it never waits for more reads to arrive.
/// </summary>
internal sealed class PostgresCertificateReads(PostgresReaders readers)
{
    /// <summary>
    /// How many waiting reads justify a second query at the same time. Fewer do better to wait for the running query, because sharing the
    /// next one saves more than a parallel query gains.
    /// </summary>
    private const int ReadsWorthAnotherQuery = 64;

    private const int QueriesAtOnce = 4;
    private const int MaxReadsInQuery = 256;

    private readonly object gate = new();
    private readonly Queue<WaitingRead> waiting = new();
    private int running;

    /// <summary>Finds a certificate; null if it does not exist.</summary>
    public async ValueTask<Certificate?> FindAsync(PostgresTables tables, long siteId, long id, CancellationToken cancellationToken)
    {
        var read = new WaitingRead(tables, siteId, id);
        bool mustRun;
        lock (gate)
        {
            waiting.Enqueue(read);
            mustRun = running == 0 || (running < QueriesAtOnce && waiting.Count >= ReadsWorthAnotherQuery);
            if (mustRun)
                running++;
        }
        if (mustRun)
            _ = RunAsync();
        return await read.Answer.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        while (Take() is { } group)
        {
            try
            {
                await ReadAsync(group);
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers who wait.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                group.ForEach(read => read.Fail(fault));
            }
        }
    }

    private List<WaitingRead>? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                running--;
                return null;
            }
            var group = new List<WaitingRead>(Math.Min(waiting.Count, MaxReadsInQuery));
            while (group.Count < MaxReadsInQuery && waiting.TryDequeue(out var next))
                group.Add(next);
            return group;
        }
    }

    private async Task ReadAsync(List<WaitingRead> group)
    {
        var sites = group.GroupBy(read => (read.SiteId, read.Tables)).ToList();
        var found = await readers.ReadAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                foreach (var site in sites)
                {
                    await site.Key.Tables.RequireHereAsync(connection);
                    var load = batch.Add("certificate_load").With(site.Key.SiteId).With(site.Select(read => read.Id).Distinct().ToArray());
                    load.CommandText = site.Key.Tables.In(load.CommandText);
                }
                await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
                var current = PostgresRow.Of(row);
                var certificates = new Dictionary<(long SiteId, long Id), Certificate>(group.Count);
                foreach (var site in sites)
                {
                    while (await row.ReadAsync(CancellationToken.None))
                    {
                        var certificate = Columns<PostgresRow>.Certificate(current);
                        certificates.Add((site.Key.SiteId, certificate.Id), certificate);
                    }
                    await row.NextResultAsync(CancellationToken.None);
                }
                return certificates;
            },
            CancellationToken.None);
        group.ForEach(read => read.Succeed(found.GetValueOrDefault((read.SiteId, read.Id))));
    }

    private sealed class WaitingRead(PostgresTables tables, long siteId, long id)
    {
        private readonly TaskCompletionSource<Certificate?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public PostgresTables Tables => tables;
        public long SiteId => siteId;
        public long Id => id;
        public Task<Certificate?> Answer => answer.Task;

        public void Succeed(Certificate? found) => answer.SetResult(found);

        public void Fail(Exception fault) => answer.SetException(fault);
    }
}
