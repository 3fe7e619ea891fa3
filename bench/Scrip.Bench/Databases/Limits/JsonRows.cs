using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scrip.Bench.Databases.Limits;

/// <summary>Writes certificates as JSON into reused memory.</summary>
internal sealed class JsonRows : IDisposable
{
    private const int PieceBytes = 32 * 1_024;
    private const int MinorUnits = 100;

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText IsActive = JsonEncodedText.Encode("is_active");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    private readonly ArrayBufferWriter<byte> piece = new(PieceBytes);
    private readonly Utf8JsonWriter json;
    private long bytesBefore;

    public JsonRows()
    {
        json = new(piece, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartArray();
    }

    public int Count { get; private set; }

    public long Bytes => bytesBefore + piece.WrittenCount + json.BytesPending;

    public void Write(long id, ReadOnlySpan<byte> code, bool isActive, long valueMinor)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, id);
        json.WriteString(Code, code);
        json.WriteBoolean(IsActive, isActive);
        json.WriteNumber(Value, valueMinor / MinorUnits);
        json.WriteEndObject();
        Count++;
        if (piece.WrittenCount + json.BytesPending < PieceBytes)
            return;
        json.Flush();
        bytesBefore += piece.WrittenCount;
        piece.ResetWrittenCount();
    }

    public void Dispose() => json.Dispose();
}
