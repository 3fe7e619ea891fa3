using System.Globalization;
using System.Text.Json;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Unicode;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>Reads the attributes that say when and how a certificate may be spent.</summary>
/// <param name="timeZone">The site's time zone, for dates without a time.</param>
internal sealed class TermsReader(string timeZone, RequestErrors errors)
{
    /// <summary>Reads <c>starts_at</c>. A date means the beginning of that day.</summary>
    public DateTimeOffset? ReadStart(ref Utf8JsonReader json, int? index) =>
        ReadInstant(ref json, index, "starts_at", date => TimeZones.StartOf(date, timeZone));

    /// <summary>Reads <c>expires_at</c>. A date means the end of that day, so that the certificate can be spent on it.</summary>
    public DateTimeOffset? ReadExpiry(ref Utf8JsonReader json, int? index) =>
        ReadInstant(ref json, index, "expires_at", date => TimeZones.EndOf(date, timeZone));

    public bool ReadSingleUse(ref Utf8JsonReader json, int? index)
    {
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return json.GetBoolean();
        errors.Add(index, "single_use", ErrorCodes.WrongType, "single_use must be true or false.");
        json.Skip();
        return false;
    }

    public string? ReadNote(ref Utf8JsonReader json, int? index)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.String)
        {
            errors.Add(index, "note", ErrorCodes.WrongType, "note must be a string or null.");
            json.Skip();
        }
        else if (!JsonText.TryRead(json, out var note))
        {
            errors.Add(index, "note", ErrorCodes.NotUnicode, "note must be Unicode text, without unpaired surrogates.");
        }
        else if (note.EnumerateRunes().Count() > CertificateTerms.MaxNoteLength)
        {
            errors.Add(index, "note", ErrorCodes.TooLong, $"note must have at most {CertificateTerms.MaxNoteLength} characters.");
        }
        else if (note.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            errors.Add(
                index, "note", ErrorCodes.ControlCharacter, "note must not contain control characters other than tabs and line breaks.");
        }
        else if (InvisibleCharacters.AnyNeedlessIn(note))
        {
            errors.Add(index, "note", ErrorCodes.InvisibleCharacter, RequestErrors.NoNeedlessInvisibleCharacters("note"));
        }
        else
        {
            return note;
        }
        return null;
    }

    private DateTimeOffset? ReadInstant(ref Utf8JsonReader json, int? index, string member, Func<DateOnly, DateTimeOffset> ofDay)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType == JsonTokenType.String && JsonText.TryRead(json, out var text))
        {
            if (InstantText.TryParseRfc3339(text, out var instant))
                return instant.ToMicrosecond();
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return ofDay(date);
        }
        errors.Add(
            index, member, ErrorCodes.WrongType, $"{member} must be null, a time like 2026-01-31T12:00:00Z, or a date like 2026-01-31.");
        json.Skip();
        return null;
    }
}
