using System.Buffers;
using System.Text.Json;

namespace Scrip.Bench.Certificates;

/// <summary>The bodies of bulk-create and bulk-update, for certificates with consecutive ids.</summary>
internal static class BulkBodies
{
    public static ReadOnlySpan<byte> Create(int first, int count) => WriteArray(first, count, (writer, id) =>
    {
        writer.WriteString("code", CertificateCodes.Get(id));
        writer.WriteBoolean("is_active", true);
        writer.WriteNumber("value", FaceValues.Of(id));
    });

    public static ReadOnlySpan<byte> Update(int first, int count, int round) => WriteArray(first, count, (writer, id) =>
    {
        writer.WriteNumber("id", id);
        writer.WriteString("code", CertificateCodes.Get(id));
        writer.WriteNumber("value", FaceValues.Of(id, round));
    });

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
