using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Unicode;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>
/// A small JSON object of a request, read by name and strictly. For calls whose speed does not matter; certificates have their own reader.
/// </summary>
internal sealed class RequestObject
{
    private readonly RequestErrors errors;

    /// <summary>The position of the object in a bulk call's array; null if the object is the whole body.</summary>
    private readonly int? index;
    private readonly Dictionary<string, JsonElement> members = [];

    /// <summary>False if the body is not an object, which is then its only error: members are not checked.</summary>
    private bool isObject;

    /// <summary>The reader is at the value of the member.</summary>
    /// <param name="index">Of the item in a bulk call; null elsewhere.</param>
    public delegate T ReadMember<T>(ref Utf8JsonReader json, int? index);

    private RequestObject(RequestErrors errors, int? index) => (this.errors, this.index) = (errors, index);

    public static RequestObject Read(ReadOnlySpan<byte> utf8, RequestErrors errors, params ReadOnlySpan<string> known)
    {
        try
        {
            var json = new Utf8JsonReader(utf8);
            var root = JsonElement.ParseValue(ref json);
            while (json.Read())
            {
            }
            return Read(root, errors, index: null, known);
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable(utf8, notJson);
            return new RequestObject(errors, index: null);
        }
    }

    /// <summary>Reads one item of a bulk call's array.</summary>
    /// <param name="index">The position of the item; null if the element is the whole body.</param>
    public static RequestObject Read(JsonElement element, RequestErrors errors, int? index, params ReadOnlySpan<string> known)
    {
        var read = new RequestObject(errors, index);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(index, null, ErrorCodes.WrongType, "A JSON object is expected.");
            return read;
        }
        read.isObject = true;
        foreach (var (at, member) in element.EnumerateObject().Index())
        {
            if (NameOf(member) is not { } name)
                errors.AddUnreadableName(index, at + 1);
            else if (!known.Contains(name))
                errors.Add(index, name, ErrorCodes.UnknownMember, Describe(known));
            else if (!read.members.TryAdd(name, member.Value))
                errors.Add(index, name, ErrorCodes.RepeatedMember, $"{name} must not be repeated.");
        }
        return read;
    }

    /// <summary>
    /// A required text of 1 to <paramref name="maxLength"/> Unicode characters, all of them visible; empty if it is missing or refused.
    /// </summary>
    public string Text(string name, int maxLength)
    {
        var text = UnicodeText(name);
        if (text is null || !CheckLength(name, text, maxLength) || !CheckCharacters(name, text))
            return "";
        if (!InvisibleCharacters.AnyIn(text))
            return text;
        Refuse(name, ErrorCodes.InvisibleCharacter, RequestErrors.NoInvisibleCharacters(name));
        return "";
    }

    /// <summary>
    /// A required text of 1 to <paramref name="maxLength"/> Unicode characters of any kind, without surrounding white space; empty if it is
    /// missing or refused. For a typed text that is only looked up.
    /// </summary>
    public string TypedText(string name, int maxLength)
    {
        var text = UnicodeText(name)?.Trim();
        return text is not null && CheckLength(name, text, maxLength) ? text : "";
    }

    /// <summary>An optional text for people, in which joiners and direction marks are allowed. Null and absent are the same.</summary>
    public string? OptionalText(string name, int maxLength)
    {
        if (IsAbsentOrNull(name))
            return null;
        var text = UnicodeText(name);
        if (text is null || !CheckLength(name, text, maxLength) || !CheckCharacters(name, text))
            return "";
        if (!InvisibleCharacters.AnyNeedlessIn(text))
            return text;
        Refuse(name, ErrorCodes.InvisibleCharacter, RequestErrors.NoNeedlessInvisibleCharacters(name));
        return "";
    }

    /// <summary>A required text for people, where joiners and direction marks are allowed; empty where it is missing or refused.</summary>
    public string TextForPeople(string name, int maxLength)
    {
        if (!IsAbsentOrNull(name))
            return OptionalText(name, maxLength)!;
        Refuse(name, ErrorCodes.Required, $"{name} is required.");
        return "";
    }

    /// <summary>An optional member that has a reader of its own; the default of its type where it is absent.</summary>
    public T? Member<T>(string name, ReadMember<T> read)
    {
        if (!members.TryGetValue(name, out var value))
            return default;
        var json = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
        json.Read();
        return read(ref json, index);
    }

    /// <summary>Whether the body has the member, whatever its value.</summary>
    public bool Has(string name) => members.ContainsKey(name);

    public bool IsAbsentOrNull(string name) => !members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null;

    /// <summary>An optional flag.</summary>
    public bool Boolean(string name, bool whenAbsent)
    {
        if (!members.TryGetValue(name, out var value))
            return whenAbsent;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Refuse(name, ErrorCodes.WrongType, $"{name} must be true or false.");
        return whenAbsent;
    }

    /// <summary>An optional integer from 1.</summary>
    public long? Id(string name) => Integer(name, least: 1, most: long.MaxValue);

    /// <summary>An optional integer.</summary>
    public long? Integer(string name, long least, long most)
    {
        if (!members.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number)
        {
            Refuse(name, ErrorCodes.WrongType, $"{name} must be a JSON number.");
            return null;
        }
        var fault = WholeNumber.TryParse(Encoding.ASCII.GetBytes(value.GetRawText()), out var number);
        if (fault == NumberFault.NotAnInteger)
            Refuse(name, ErrorCodes.NotAnInteger, $"{name} must be an integer.");
        else if (fault == NumberFault.OutOfRange || number < least || number > most)
            Refuse(name, ErrorCodes.OutOfRange, $"{name} must be between {least} and {most}.");
        else
            return number;
        return null;
    }

    /// <summary>An optional amount in minor units. An explicit null is refused, because an absent amount means everything.</summary>
    public long? Amount(string name, Currency currency)
    {
        if (!members.TryGetValue(name, out var value))
            return null;
        switch (Amounts.TryParse(value, currency, out var minor))
        {
            case AmountFault.None:
                return minor;
            case AmountFault.WrongType:
                var example = Amounts.Text(14990, currency);
                Refuse(name, ErrorCodes.WrongType, $"{name} must be a decimal string such as {example}, or a number.");
                break;
            case AmountFault.TooManyDigits:
                Refuse(name, ErrorCodes.TooManyDigits, currency.Digits == 0
                    ? $"{name} must have no digits after the point: {currency.Code} has none."
                    : $"{name} must have at most {currency.Digits} digits after the point: {currency.Code} has {currency.Digits}.");
                break;
            case AmountFault.OutOfRange:
                Refuse(name, ErrorCodes.OutOfRange, $"{name} must be greater than 0 and at most {FaceValue.MaxUnits}.");
                break;
        }
        return null;
    }

    /// <summary>A required array of at least one string.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!members.TryGetValue(name, out var value))
        {
            Refuse(name, ErrorCodes.Required, $"{name} is required.");
            return [];
        }
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Refuse(name, ErrorCodes.WrongType, $"{name} must be an array of at least one string.");
            return [];
        }
        var texts = new List<string>();
        foreach (var (at, item) in value.EnumerateArray().Index())
        {
            if (JsonText.TryRead(item, out var text))
                texts.Add(text);
            else if (item.ValueKind == JsonValueKind.String)
                RefuseItem(name, at, ErrorCodes.NotUnicode, $"{name} must contain only Unicode text, without unpaired surrogates.");
            else
                RefuseItem(name, at, ErrorCodes.WrongType, $"{name} must contain only strings.");
        }
        return texts.Count == value.GetArrayLength() ? texts : [];
    }

    /// <summary>An optional RFC 3339 time. Null and absent are the same.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (IsAbsentOrNull(name))
            return null;
        var value = members[name];
        if (JsonText.TryRead(value, out var text) && InstantText.TryParseRfc3339(text, out var instant))
            return instant;
        Refuse(name, ErrorCodes.WrongType, $"{name} must be null or a time like 2026-01-31T12:00:00Z.");
        return null;
    }

    public void Refuse(string name, string code, string detail)
    {
        if (isObject)
            errors.Add(index, name, code, detail);
    }

    /// <summary>Adds an error for one item of an array.</summary>
    public void RefuseItem(string name, int at, string code, string detail) =>
        errors.Add(string.Create(CultureInfo.InvariantCulture, $"{JsonPointer.To(index, name)}/{at}"), code, detail);

    private string? UnicodeText(string name)
    {
        if (!members.TryGetValue(name, out var value))
            Refuse(name, ErrorCodes.Required, $"{name} is required.");
        else if (value.ValueKind != JsonValueKind.String)
            Refuse(name, ErrorCodes.WrongType, $"{name} must be a string.");
        else if (JsonText.TryRead(value, out var text))
            return text;
        else
            Refuse(name, ErrorCodes.NotUnicode, $"{name} must be Unicode text, without unpaired surrogates.");
        return null;
    }

    private bool CheckLength(string name, string text, int maxLength)
    {
        if (text.Length == 0)
            Refuse(name, ErrorCodes.Empty, $"{name} must not be empty.");
        else if (text.EnumerateRunes().Count() > maxLength)
            Refuse(name, ErrorCodes.TooLong, $"{name} must have at most {maxLength} characters.");
        else
            return true;
        return false;
    }

    private bool CheckCharacters(string name, string text)
    {
        if (text.Any(char.IsControl))
            Refuse(name, ErrorCodes.ControlCharacter, $"{name} must not contain control characters.");
        else if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            Refuse(name, ErrorCodes.OuterWhiteSpace, $"{name} must not begin or end with white space.");
        else
            return true;
        return false;
    }

    private static string Describe(ReadOnlySpan<string> known) =>
        known.IsEmpty ? "No member is allowed." : $"Known members: {string.Join(", ", known)}.";

    /// <summary>The name of a member; null if it is not valid Unicode.</summary>
    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
