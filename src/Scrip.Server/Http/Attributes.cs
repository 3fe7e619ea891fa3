using System.Text.Json;
using Scrip.Ledger;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>The parameter that names attributes, whatever the resource.</summary>
internal static class AttributeNames
{
    public const string Parameter = "fields";

    /// <summary>The names in the parameter; null without it. One that is not known is an error.</summary>
    public static IReadOnlyList<string>? Read(QueryParameters query, IReadOnlyList<string> known, RequestErrors errors)
    {
        if (query.Text(Parameter) is not { } text)
            return null;
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var unknown in names.Except(known))
        {
            var fault = unknown.Length == 0 ? "A name is missing." : $"There is no attribute {unknown}.";
            errors.Add($"?{Parameter}", ErrorCodes.UnknownValue, $"{fault} Known are {string.Join(", ", known)}.");
        }
        return names;
    }
}

/// <summary>The attributes of a resource, in the order in which they stand in an answer, and how each is written.</summary>
internal sealed class Attributes<TRow>(params (string Name, Attributes<TRow>.Writer Write)[] all)
    where TRow : allows ref struct
{
    private readonly string[] names = [.. all.Select(attribute => attribute.Name)];
    private readonly (JsonEncodedText Name, Writer Write)[] encoded =
        [.. all.Select(attribute => (JsonEncodedText.Encode(attribute.Name), attribute.Write))];

    /// <param name="currency">Of the site, for amounts.</param>
    public delegate void Writer(Utf8JsonWriter json, in TRow row, Currency currency);

    /// <summary>Writes the whole object where the call names no attributes; null writes all of them.</summary>
    public Writer? Default { get; init; }

    /// <summary>Those that <c>fields</c> names, or those by default.</summary>
    public Selection Read(QueryParameters query, RequestErrors errors) =>
        AttributeNames.Read(query, names, errors) is { } named
            ? new Selection([.. encoded.Where((_, at) => named.Contains(names[at]))], whole: null)
            : new Selection(encoded, Default);

    public void Write(Utf8JsonWriter json, in TRow row, Currency currency) => new Selection(encoded, Default).Write(json, row, currency);

    public readonly struct Selection((JsonEncodedText Name, Writer Write)[] selected, Writer? whole)
    {
        /// <summary>Whether the call names one of these.</summary>
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
