using System.Text;
using System.Text.Json;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>Reads certificate objects from JSON, strictly, and reports every error of each.</summary>
/// <param name="codeRequired">False for PATCH, which only changes the members that it names.</param>
internal sealed class CertificateItemReader(
    IdMember idMember, bool codeRequired, string timeZone, RequestErrors errors, long? pathId = null)
{
    private const string Known = "code, is_active, value, starts_at, expires_at, single_use, note";

    private readonly TermsReader termsReader = new(timeZone, errors);

    [Flags]
    private enum Members
    {
        None = 0,
        Id = 1,
        Code = 2,
        IsActive = 4,
        Value = 8,
        StartsAt = 16,
        ExpiresAt = 32,
        SingleUse = 64,
        Note = 128,
        Version = 256,
    }

    /// <summary>Reads an item. The reader must be at the item's first token and ends at its last.</summary>
    /// <param name="index">The item's position in a bulk call; null for an update of one certificate.</param>
    public CertificateItem Read(ref Utf8JsonReader json, int? index)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(index, null, ErrorCodes.WrongType, "A certificate must be a JSON object.");
            json.Skip();
            return default;
        }

        var seen = Members.None;
        var item = default(CertificateItem);
        for (var place = 1; json.Read() && json.TokenType == JsonTokenType.PropertyName; place++)
        {
            var member = MemberOf(json);
            if (member == Members.None || (seen & member) != 0)
                Refuse(ref json, index, member, place);
            else
                item = ReadMember(ref json, index, member, item);
            seen |= member;
        }
        CheckPresence(index, seen);
        if (item.Terms is { StartsAt.IsGiven: true, ExpiresAt.IsGiven: true } terms
            && !terms.AppliedTo(CertificateTerms.Unlimited).AreInOrder)
            errors.Add(index, "expires_at", ErrorCodes.OutOfRange, "expires_at must be later than starts_at.");
        return item;
    }

    /// <summary>
    /// Identifies a member. An escaped name is decoded first, because comparing it directly throws if it is not valid Unicode.
    /// </summary>
    private static Members MemberOf(in Utf8JsonReader json)
    {
        if (json.ValueIsEscaped)
            return JsonText.TryRead(json, out var name) ? MemberOf(Encoding.UTF8.GetBytes(name)) : Members.None;
        return MemberOf(json.ValueSpan);
    }

    private static Members MemberOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("code"u8))
            return Members.Code;
        if (name.SequenceEqual("value"u8))
            return Members.Value;
        if (name.SequenceEqual("is_active"u8))
            return Members.IsActive;
        if (name.SequenceEqual("id"u8))
            return Members.Id;
        if (name.SequenceEqual("starts_at"u8))
            return Members.StartsAt;
        if (name.SequenceEqual("expires_at"u8))
            return Members.ExpiresAt;
        if (name.SequenceEqual("single_use"u8))
            return Members.SingleUse;
        if (name.SequenceEqual("version"u8))
            return Members.Version;
        return name.SequenceEqual("note"u8) ? Members.Note : Members.None;
    }

    private void Refuse(ref Utf8JsonReader json, int? index, Members member, int place)
    {
        if (!JsonText.TryRead(json, out var name))
        {
            errors.AddUnreadableName(index, place);
        }
        else if (member == Members.None)
        {
            var id = idMember == IdMember.NotAllowed ? "" : "id, ";
            var version = idMember == IdMember.Required ? ", version" : "";
            errors.Add(index, name, ErrorCodes.UnknownMember, $"Known members: {id}{Known}{version}.");
        }
        else
        {
            errors.Add(index, name, ErrorCodes.RepeatedMember, $"{name} must not be repeated.");
        }
        json.Read();
        json.Skip();
    }

    private CertificateItem ReadMember(ref Utf8JsonReader json, int? index, Members member, CertificateItem item)
    {
        json.Read();
        switch (member)
        {
            case Members.Id:
                return item with { Id = ReadId(ref json, index) };
            case Members.Code:
                return item with { Code = ReadCode(ref json, index) };
            case Members.IsActive:
                return item with { IsActive = ReadIsActive(ref json, index) };
            case Members.Value:
                return item with { Units = ReadWhole(ref json, index, "value", 0, FaceValue.MaxUnits) };
            case Members.Version:
                return item with { Version = ReadVersion(ref json, index) };
            default:
                return item with { Terms = ReadTerm(ref json, index, member, item.Terms ?? new TermsChange()) };
        }
    }

    private TermsChange ReadTerm(ref Utf8JsonReader json, int? index, Members member, TermsChange terms) => member switch
    {
        Members.StartsAt => terms with { StartsAt = Change.To(termsReader.ReadStart(ref json, index)) },
        Members.ExpiresAt => terms with { ExpiresAt = Change.To(termsReader.ReadExpiry(ref json, index)) },
        Members.SingleUse => terms with { SingleUse = Change.To(termsReader.ReadSingleUse(ref json, index)) },
        _ => terms with { Note = Change.To(termsReader.ReadNote(ref json, index)) },
    };

    private void CheckPresence(int? index, Members seen)
    {
        if ((seen & Members.Id) == 0 && idMember == IdMember.Required)
            errors.Add(index, "id", ErrorCodes.Required, "id is required.");
        if ((seen & Members.Code) == 0 && codeRequired)
            errors.Add(index, "code", ErrorCodes.Required, "code is required.");
    }

    private long? ReadId(ref Utf8JsonReader json, int? index)
    {
        if (idMember == IdMember.NotAllowed)
        {
            errors.Add(index, "id", ErrorCodes.NotAllowed, "The server assigns id; omit it.");
            json.Skip();
            return null;
        }
        var id = ReadWhole(ref json, index, "id", 1, long.MaxValue);
        if (id is not null && idMember == IdMember.OptionalLikePath && id != pathId)
            errors.Add(index, "id", ErrorCodes.DiffersFromPath, "id must be omitted or match the path.");
        return id;
    }

    private long? ReadVersion(ref Utf8JsonReader json, int? index)
    {
        if (idMember == IdMember.Required)
            return ReadWhole(ref json, index, "version", 1, long.MaxValue);
        errors.Add(
            index,
            "version",
            ErrorCodes.NotAllowed,
            idMember == IdMember.NotAllowed
                ? "The server assigns version; omit it."
                : "version is only allowed in bulk-update items; here, send it in the header If-Match, in double quotes.");
        json.Skip();
        return null;
    }

    private CertificateCode ReadCode(ref Utf8JsonReader json, int? index)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            errors.Add(index, "code", ErrorCodes.WrongType, "code must be a string.");
            json.Skip();
            return default;
        }
        var fault = JsonText.TryRead(json, out var text) ? CertificateCode.TryCreate(text, out var code) : CodeFaultOfText(out code);
        switch (fault)
        {
            case CodeFault.None:
                break;
            case CodeFault.Empty:
                errors.Add(index, "code", ErrorCodes.Empty, "code must not be empty.");
                break;
            case CodeFault.NotUnicode:
                errors.Add(index, "code", ErrorCodes.NotUnicode, "code must be Unicode text, without unpaired surrogates.");
                break;
            case CodeFault.ControlCharacter:
                errors.Add(index, "code", ErrorCodes.ControlCharacter, "code must not contain control characters.");
                break;
            case CodeFault.TooLong:
                errors.Add(index, "code", ErrorCodes.TooLong, $"code must have at most {CertificateCode.MaxCharacters} characters.");
                break;
            case CodeFault.OuterWhiteSpace:
                errors.Add(index, "code", ErrorCodes.OuterWhiteSpace, "code must not begin or end with white space.");
                break;
            case CodeFault.InvisibleCharacter:
                // An update may repeat a code that was stored before this rule; only the ledger knows.
                if (idMember == IdMember.NotAllowed)
                    errors.Add(index, "code", ErrorCodes.InvisibleCharacter, RequestErrors.NoInvisibleCharacters("code"));
                break;
        }
        return code;
    }

    private static CodeFault CodeFaultOfText(out CertificateCode code)
    {
        code = default;
        return CodeFault.NotUnicode;
    }

    private bool? ReadIsActive(ref Utf8JsonReader json, int? index)
    {
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return json.GetBoolean();
        errors.Add(index, "is_active", ErrorCodes.WrongType, "is_active must be true or false.");
        json.Skip();
        return null;
    }

    private long? ReadWhole(ref Utf8JsonReader json, int? index, string member, long least, long most)
    {
        if (json.TokenType != JsonTokenType.Number)
        {
            errors.Add(index, member, ErrorCodes.WrongType, $"{member} must be a JSON number.");
            json.Skip();
            return null;
        }
        var fault = WholeNumber.TryParse(json.ValueSpan, out var whole);
        if (fault == NumberFault.NotAnInteger)
            errors.Add(index, member, ErrorCodes.NotAnInteger, $"{member} must be an integer.");
        else if (fault == NumberFault.OutOfRange || whole < least || whole > most)
            errors.Add(index, member, ErrorCodes.OutOfRange, $"{member} must be between {least} and {most}.");
        else
            return whole;
        return null;
    }
}
