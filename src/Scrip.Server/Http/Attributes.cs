using System.Text.Json;
using Scrip.Ledger;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>The parameter that names attributes, whatever the resource.</summary>
internal static class AttributeNames
{
    public const string Parameter = "fields";

    public static string Unknown(string name, string known) =>
        $"{(name.Length == 0 ? "A name is missing." : $"There is no attribute {name}.")} Known are {known}.";
}

/// <summary>The attributes of a resource, in the order in which they stand in an answer, and how each is written.</summary>
internal sealed class Attributes<TRow>(params (string Name, Action<Utf8JsonWriter, TRow, Currency> Write)[] all)
{
    private readonly (JsonEncodedText Name, Action<Utf8JsonWriter, TRow, Currency> Write)[] encoded =
        [.. all.Select(attribute => (JsonEncodedText.Encode(attribute.Name), attribute.Write))];

    /// <summary>Those that <c>fields</c> names, or all of them.</summary>
    public Selection Read(QueryParameters query, RequestErrors errors)
    {
        if (query.Text(AttributeNames.Parameter) is not { } text)
            return new Selection(encoded);
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        var known = all.Select(attribute => attribute.Name).ToList();
        foreach (var unknown in names.Except(known))
            errors.Add($"?{AttributeNames.Parameter}", ErrorCodes.UnknownValue, AttributeNames.Unknown(unknown, string.Join(", ", known)));
        return new Selection([.. encoded.Where((_, at) => names.Contains(all[at].Name))]);
    }

    public void Write(Utf8JsonWriter json, TRow row, Currency currency) => new Selection(encoded).Write(json, row, currency);

    public readonly struct Selection((JsonEncodedText Name, Action<Utf8JsonWriter, TRow, Currency> Write)[] selected)
    {
        /// <param name="currency">Of the site, for amounts.</param>
        public void Write(Utf8JsonWriter json, TRow row, Currency currency)
        {
            json.WriteStartObject();
            foreach (var (name, write) in selected)
            {
                json.WritePropertyName(name);
                write(json, row, currency);
            }
            json.WriteEndObject();
        }
    }
}
