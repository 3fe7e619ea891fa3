using System.Buffers;
using System.Net;
using System.Text.Json;
using Scrip.Bench.Http;
using Scrip.Bench.Server;

namespace Scrip.Bench.Certificates;

/// <summary>Bulk-create and bulk-update of certificates with consecutive ids, which is how the server numbers them.</summary>
internal sealed class BulkCalls(ScripServer server, HttpConnection connection)
{
    private const int LargestCall = 100_000;

    /// <summary>Creates the certificates whose ids will be first, first + 1 and so on.</summary>
    public Task<ArrayAnswer> CreateAsync(int first, int count, CancellationToken cancellationToken)
    {
        var body = WriteArray(first, count, (writer, id) =>
        {
            writer.WriteString("code", CertificateCodes.Original.Get(id));
            writer.WriteBoolean("is_active", true);
            writer.WriteNumber("value", 500 + id % 1_000);
        });
        var request = server.Requests.Post(RequestFactory.Certificates + "bulk-create/", body);
        return ArrayAnswer.ReadAsync(connection, request, HttpStatusCode.Created, count, cancellationToken);
    }

    /// <summary>Gives each of these certificates a new code, value and activity.</summary>
    public Task<ArrayAnswer> UpdateAsync(int first, int count, CancellationToken cancellationToken)
    {
        var body = WriteArray(first, count, (writer, id) =>
        {
            writer.WriteNumber("id", id);
            writer.WriteString("code", CertificateCodes.Renamed.Get(id));
            writer.WriteNumber("value", 2_000 + id % 1_000);
            writer.WriteBoolean("is_active", false);
        });
        var request = server.Requests.Put(RequestFactory.Certificates + "bulk-update/", body);
        return ArrayAnswer.ReadAsync(connection, request, HttpStatusCode.OK, count, cancellationToken);
    }

    /// <summary>Fills an empty store with the certificates 1 to count.</summary>
    public async Task FillAsync(int count, CancellationToken cancellationToken)
    {
        for (var created = 0; created < count; created += LargestCall)
            await CreateAsync(created + 1, Math.Min(LargestCall, count - created), cancellationToken);
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
