using System.Buffers;
using System.Net;
using System.Text.Json;
using Scrip.Bench.Http;
using Scrip.Bench.Server;

namespace Scrip.Bench.Certificates;

/// <summary>Bulk-create and bulk-update of certificates with consecutive ids, which is how the servers number them.</summary>
/// <param name="requests">Of another site than the server's own token is of; null for that one.</param>
internal sealed class BulkCalls(ServerProcess server, RequestFactory? requests = null)
{
    private const int LargestCall = 100_000;

    private RequestFactory Requests => requests ?? server.Requests;

    /// <summary>Creates the certificates whose ids will be first, first + 1 and so on.</summary>
    public Task<ArrayAnswer> CreateAsync(int first, int count, CancellationToken cancellationToken)
    {
        var body = WriteArray(first, count, (writer, id) =>
        {
            writer.WriteString("code", CertificateCodes.Get(id));
            writer.WriteBoolean("is_active", true);
            writer.WriteNumber("value", FaceValues.Of(id));
        });
        var request = Requests.Post(RequestFactory.Certificates + "bulk-create/", body);
        return ReadAsync(request, HttpStatusCode.Created, count, cancellationToken);
    }

    /// <summary>Gives each of these certificates another value; one entry each in the journal of a server that has one.</summary>
    public Task<ArrayAnswer> UpdateAsync(int first, int count, int round, CancellationToken cancellationToken)
    {
        var body = Changes(first, count, round);
        var request = Requests.Put(RequestFactory.Certificates + "bulk-update/", body);
        return ReadAsync(request, HttpStatusCode.OK, count, cancellationToken);
    }

    /// <summary>Fills an empty store with the certificates 1 to count.</summary>
    public async Task FillAsync(int count, CancellationToken cancellationToken)
    {
        for (var created = 0; created < count; created += LargestCall)
            await CreateAsync(created + 1, Math.Min(LargestCall, count - created), cancellationToken);
    }

    /// <summary>Changes the certificates 1 to count as often as so many entries take.</summary>
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

    /// <summary>The body of such an update.</summary>
    public static ReadOnlySpan<byte> Changes(int first, int count, int round) => WriteArray(first, count, (writer, id) =>
    {
        writer.WriteNumber("id", id);
        writer.WriteString("code", CertificateCodes.Get(id));
        writer.WriteNumber("value", FaceValues.Of(id, round));
    });

    private async Task<ArrayAnswer> ReadAsync(byte[] request, HttpStatusCode status, int count, CancellationToken cancellationToken)
    {
        using var connection = await server.ConnectAsync(cancellationToken);
        return await ArrayAnswer.ReadAsync(connection, request, status, count, cancellationToken);
    }

    private static ReadOnlySpan<byte> WriteArray(int first, int count, Action<Utf8JsonWriter, int> writeMembers)
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartArray();
        for (var id = first; id < first + count; id++)
        {
            writer.WriteStartObject();
            writeMembers(writer, id);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.Flush();
        return body.WrittenSpan;
    }
}
