using System.Net;
using Scrip.Bench.Certificates;
using Scrip.Bench.Http;

namespace Scrip.Bench.Server;

/// <summary>Bulk-create and bulk-update of certificates with consecutive ids, which is how the servers number them.</summary>
/// <param name="requests">Requests of another site than that of the server's own token; null for that one.</param>
internal sealed class BulkCalls(ServerProcess server, RequestFactory? requests = null)
{
    private const int LargestCall = 100_000;

    private RequestFactory Requests => requests ?? server.Requests;

    /// <summary>Creates the certificates whose ids will be first, first + 1 and so on.</summary>
    public Task<ArrayAnswer> CreateAsync(int first, int count, CancellationToken cancellationToken)
    {
        var request = Requests.Post(RequestFactory.Certificates + "bulk-create/", BulkBodies.Create(first, count));
        return ReadAsync(request, HttpStatusCode.Created, count, cancellationToken);
    }

    /// <summary>Gives each of these certificates another value, with one entry each in the journal of a server that has one.</summary>
    public Task<ArrayAnswer> UpdateAsync(int first, int count, int round, CancellationToken cancellationToken)
    {
        var request = Requests.Put(RequestFactory.Certificates + "bulk-update/", BulkBodies.Update(first, count, round));
        return ReadAsync(request, HttpStatusCode.OK, count, cancellationToken);
    }

    /// <summary>Fills an empty store with the certificates 1 to count.</summary>
    public async Task FillAsync(int count, CancellationToken cancellationToken)
    {
        for (var created = 0; created < count; created += LargestCall)
            await CreateAsync(created + 1, Math.Min(LargestCall, count - created), cancellationToken);
    }

    /// <summary>Changes the certificates 1 to count until the journal has the given number of entries.</summary>
    public async Task JournalAsync(int count, int entries, CancellationToken cancellationToken)
    {
        for (var written = 0; written < entries;)
        {
            var first = written % count + 1;
            var size = Math.Min(Math.Min(LargestCall, count - first + 1), entries - written);
            await UpdateAsync(first, size, round: written / count + 1, cancellationToken);
            written += size;
        }
    }

    private async Task<ArrayAnswer> ReadAsync(byte[] request, HttpStatusCode status, int count, CancellationToken cancellationToken)
    {
        using var connection = await server.ConnectAsync(cancellationToken);
        return await ArrayAnswer.ReadAsync(connection, request, status, count, cancellationToken);
    }
}
