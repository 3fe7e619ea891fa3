using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>
/// The detail of an entry, in the very form in which it is answered:
/// <c>{"code":{"before":"A","after":"B"}}</c> of a renaming, the terms that changed of a rescheduling, <c>{"reason":"…"}</c> of a refund.
/// </summary>
public static class EntryDetail
{
    private const string Before = "before";
    private const string After = "after";
    private const string StartsAt = "starts_at";
    private const string ExpiresAt = "expires_at";
    private const string SingleUse = "single_use";
    private const string Note = "note";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? writer;

    public static string Renaming(CertificateCode before, CertificateCode after) => Write(json =>
    {
        json.WriteStartObject("code");
        json.WriteString(Before, before.Text);
        json.WriteString(After, after.Text);
        json.WriteEndObject();
    });

    public static string Rescheduling(CertificateTerms before, CertificateTerms after) => Write(json =>
    {
        WriteChange(json, StartsAt, before.StartsAt, after.StartsAt, WriteInstant);
        WriteChange(json, ExpiresAt, before.ExpiresAt, after.ExpiresAt, WriteInstant);
        WriteChange(json, SingleUse, before.SingleUse, after.SingleUse, static (json, name, value) => json.WriteBoolean(name, value));
        WriteChange(json, Note, before.Note, after.Note, static (json, name, value) => json.WriteString(name, value));
    });

    public static string Refund(string reason) => Write(json => json.WriteString("reason", reason));

    /// <summary>The terms before a rescheduling that led to <paramref name="after"/>.</summary>
    public static CertificateTerms Undo(string rescheduling, CertificateTerms after)
    {
        using var detail = JsonDocument.Parse(rescheduling);
        var root = detail.RootElement;
        return after with
        {
            StartsAt = BeforeOf(root, StartsAt) is { } start ? InstantOf(start) : after.StartsAt,
            ExpiresAt = BeforeOf(root, ExpiresAt) is { } expiry ? InstantOf(expiry) : after.ExpiresAt,
            SingleUse = BeforeOf(root, SingleUse) is { } single ? single.GetBoolean() : after.SingleUse,
            Note = BeforeOf(root, Note) is { } note ? note.GetString() : after.Note,
        };
    }

    private static JsonElement? BeforeOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var change) ? change.GetProperty(Before) : null;

    private static DateTimeOffset? InstantOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? null : value.GetDateTimeOffset();

    private static void WriteInstant(Utf8JsonWriter json, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
            json.WriteString(name, known.UtcDateTime);
        else
            json.WriteNull(name);
    }

    private static void WriteChange<T>(Utf8JsonWriter json, string name, T before, T after, Action<Utf8JsonWriter, string, T> write)
    {
        if (EqualityComparer<T>.Default.Equals(before, after))
            return;
        json.WriteStartObject(name);
        write(json, Before, before);
        write(json, After, after);
        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        // A bulk call writes a hundred thousand of them, one after another.
        var (buffer, json) = writer ??= NewWriter();
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        return (buffer, new Utf8JsonWriter(buffer, Readable));
    }
}
