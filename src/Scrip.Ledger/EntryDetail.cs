using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>
/// The detail of an entry, exactly as the API returns it: <c>{"code":{"before":"A","after":"B"}}</c> for a renaming, the changed terms or
/// the changed end of a hold for a rescheduling, <c>{"reason":"…"}</c> for a refund or a write-off.
/// </summary>
public static class EntryDetail
{
    private const string Before = "before";
    private const string After = "after";
    private const string HoldExpiresAt = "hold_expires_at";
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

    /// <summary>The detail of an entry that moves the end of a hold.</summary>
    public static string HoldRescheduling(DateTimeOffset before, DateTimeOffset after) =>
        Write(json => WriteChange<DateTimeOffset?>(json, HoldExpiresAt, before, after, WriteInstant));

    public static string Reason(string reason) => Write(json => json.WriteString("reason", reason));

    /// <summary>Reads a detail that <see cref="Renaming"/> wrote; false for any other text.</summary>
    public static bool TryReadRenaming(string detail, out CertificateCode before, out CertificateCode after)
    {
        (before, after) = (default, default);
        using var json = TryParse(detail);
        if (TextOf(SideOf(json, "code", Before)) is not { } old || TextOf(SideOf(json, "code", After)) is not { } renamed)
            return false;
        (before, after) = (CertificateCode.FromStored(old), CertificateCode.FromStored(renamed));
        return Renaming(before, after) == detail;
    }

    /// <summary>Reads the changed terms, before and after; false for any other text.</summary>
    public static bool TryReadRescheduling(string detail, out TermsChange before, out TermsChange after)
    {
        using var json = TryParse(detail);
        (before, after) = (TermsOf(json, Before), TermsOf(json, After));
        return Rescheduling(before.AppliedTo(CertificateTerms.Unlimited), after.AppliedTo(CertificateTerms.Unlimited)) == detail;
    }

    /// <summary>Reads a detail that <see cref="HoldRescheduling"/> wrote; false for any other text.</summary>
    public static bool TryReadHoldRescheduling(string detail, out DateTimeOffset before, out DateTimeOffset after)
    {
        (before, after) = (default, default);
        using var json = TryParse(detail);
        if (SideOf(json, HoldExpiresAt, Before) is not { } old || InstantOf(old) is not { } oldEnd
            || SideOf(json, HoldExpiresAt, After) is not { } moved || InstantOf(moved) is not { } newEnd)
            return false;
        (before, after) = (oldEnd, newEnd);
        return before != after && HoldRescheduling(before, after) == detail;
    }

    /// <summary>Returns the terms before a rescheduling that resulted in <paramref name="after"/>.</summary>
    public static CertificateTerms Undo(string rescheduling, CertificateTerms after) =>
        TryReadRescheduling(rescheduling, out var before, out _)
            ? before.AppliedTo(after)
            : throw new InvalidOperationException("The journal has a rescheduling that does not say what changed.");

    private static JsonDocument? TryParse(string detail)
    {
        try
        {
            return JsonDocument.Parse(detail);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TermsChange TermsOf(JsonDocument? detail, string side) => new()
    {
        StartsAt = SideOf(detail, StartsAt, side) is { } start ? Change.To(InstantOf(start)) : default,
        ExpiresAt = SideOf(detail, ExpiresAt, side) is { } expiry ? Change.To(InstantOf(expiry)) : default,
        SingleUse = SideOf(detail, SingleUse, side) is { } single ? Change.To(single.ValueKind == JsonValueKind.True) : default,
        Note = SideOf(detail, Note, side) is { } note ? Change.To(TextOf(note)) : default,
    };

    /// <summary>An attribute before or after the change; null if the detail does not have it.</summary>
    private static JsonElement? SideOf(JsonDocument? detail, string name, string side) =>
        detail?.RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty(name, out var change) && change.ValueKind == JsonValueKind.Object
        && change.TryGetProperty(side, out var value) ? value : null;

    private static string? TextOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static DateTimeOffset? InstantOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant) ? instant : null;

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
        // Reused: a bulk call writes a hundred thousand details in a row.
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
