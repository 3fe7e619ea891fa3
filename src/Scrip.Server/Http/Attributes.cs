using System.Text.Json;
using Scrip.Ledger;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Reads the parameter that names attributes, for any resource.</summary>
internal static class AttributeNames
{
    public const string Parameter = "fields";

    /// <summary>Returns the requested names; null without the parameter. An unknown name is an error.</summary>
    public static IReadOnlyList<string>? Read(QueryParameters query, IReadOnlyList<string> known, RequestErrors errors)
    {
        if (query.Text(Parameter) is not { } text)
            return null;
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var unknown in names.Except(known))
        {
            var fault = unknown.Length == 0 ? "A name is missing." : $"Unknown attribute {unknown}.";
            errors.Add($"?{Parameter}", ErrorCodes.UnknownValue, $"{fault} Known attributes: {string.Join(", ", known)}.");
        }
        return names;
    }
}

/// <summary>The attributes of a resource, in the order in which a response has them, with the function that writes each.</summary>
internal sealed class Attributes<TRow>(params (string Name, Attributes<TRow>.Writer Write)[] all)
    where TRow : allows ref struct
{
    private readonly string[] names = [.. all.Select(attribute => attribute.Name)];
    private readonly (JsonEncodedText Name, Writer Write)[] encoded =
        [.. all.Select(attribute => (JsonEncodedText.Encode(attribute.Name), attribute.Write))];

    /// <param name="currency">The site's currency, for amounts.</param>
    public delegate void Writer(Utf8JsonWriter json, in TRow row, Currency currency);

    /// <summary>Writes the whole object if the call names no attributes; null to write all of them one by one.</summary>
    public Writer? Default { get; init; }

    /// <summary>Returns the attributes that <c>fields</c> names, or the default ones.</summary>
    public Selection Read(QueryParameters query, RequestErrors errors) =>
        AttributeNames.Read(query, names, errors) is { } named
            ? new Selection([.. encoded.Where((_, at) => named.Contains(names[at]))], whole: null)
            : new Selection(encoded, Default);

    public void Write(Utf8JsonWriter json, in TRow row, Currency currency) => new Selection(encoded, Default).Write(json, row, currency);

    public readonly struct Selection((JsonEncodedText Name, Writer Write)[] selected, Writer? whole)
    {
        /// <summary>Whether the call requests one of these attributes.</summary>
        public bool NamesAnyOf(string[] attributes) =>
            whole is null && selected.Any(attribute => attributes.Contains(attribute.Name.Value));

        public void Write(Utf8JsonWriter json, in TRow row, Currency currency)
        {
            json.WriteStartObject();
            if (whole is not null)
            {
                whole(json, row, currency);
            }
            else
            {
                foreach (var (name, write) in selected)
                {
                    json.WritePropertyName(name);
                    write(json, row, currency);
                }
            }
            json.WriteEndObject();
        }
    }
}
