using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger.Unicode;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Reads the query string, strictly: a mistyped filter must not return the whole list.</summary>
internal sealed class QueryParameters
{
    private readonly IQueryCollection query;
    private readonly RequestErrors errors;

    public QueryParameters(HttpRequest request, RequestErrors errors, params ReadOnlySpan<string> known)
    {
        Request = request;
        query = request.Query;
        this.errors = errors;
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
            {
                var detail = known.IsEmpty ? "This call takes no parameters." : $"Known parameters: {string.Join(", ", known)}.";
                errors.Add($"?{name}", ErrorCodes.UnknownParameter, detail);
            }
            else if (values.Count > 1)
            {
                errors.Add($"?{name}", ErrorCodes.RepeatedParameter, $"{name} must not be repeated.");
            }
        }
    }

    /// <summary>The request whose query this is.</summary>
    public HttpRequest Request { get; }

    public string? Text(string name) => query.TryGetValue(name, out var values) ? values[0] ?? "" : null;

    /// <summary>
    /// Reads a text to search for. An empty text would match everything or nothing. A text with a control character, which no code has, is
    /// refused too: databases end a text at U+0000, or refuse it.
    /// </summary>
    public string? SearchText(string name, int maxLength)
    {
        var text = Text(name);
        if (text is not null && text.EnumerateRunes().Count() > maxLength)
            errors.Add($"?{name}", ErrorCodes.TooLong, $"{name} must have at most {maxLength} characters.");
        else if (text is { Length: 0 })
            errors.Add($"?{name}", ErrorCodes.Empty, $"{name} must not be empty.");
        else if (text is not null && text.Any(char.IsControl))
            errors.Add($"?{name}", ErrorCodes.ControlCharacter, $"{name} must not contain control characters.");
        return text;
    }

    /// <summary>Reads an optional text for people, in which joiners and direction marks are allowed.</summary>
    public string? TextForPeople(string name, int maxLength)
    {
        if (SearchText(name, maxLength) is not { Length: > 0 } text)
            return null;
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            errors.Add($"?{name}", ErrorCodes.OuterWhiteSpace, $"{name} must not begin or end with white space.");
        else if (InvisibleCharacters.AnyNeedlessIn(text))
            errors.Add($"?{name}", ErrorCodes.InvisibleCharacter, RequestErrors.NoNeedlessInvisibleCharacters(name));
        return text;
    }

    /// <summary>Reads an optional integer.</summary>
    /// <param name="least">The smallest value, never negative: a number in a query has no sign.</param>
    public long? Integer(string name, long least, long most)
    {
        if (Text(name) is not { } text)
            return null;
        if (QueryNumber.TryParse(text, out var value) && value >= least && value <= most)
            return value;
        errors.Add($"?{name}", QueryNumber.IsInteger(text) ? ErrorCodes.OutOfRange : ErrorCodes.NotAnInteger, Between(name, least, most));
        return null;
    }

    public bool? Boolean(string name)
    {
        switch (Text(name))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                errors.Add($"?{name}", ErrorCodes.UnknownValue, $"{name} must be true or false.");
                return null;
        }
    }

    /// <summary>Reads an optional instant: unix seconds, or RFC 3339 with an offset.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (InstantText.TryParse(text, out var instant))
            return instant;
        errors.Add($"?{name}", ErrorCodes.UnknownValue, $"{name} must be unix seconds, or a time like 2026-01-31T12:00:00Z.");
        return null;
    }

    private static string Between(string name, long least, long most) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} must be an integer between {least} and {most}.");
}
