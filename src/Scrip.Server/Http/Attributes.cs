using System.Text.Json;
using Scrip.Files.Tables;
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

/// <summary>The attributes of a resource, in the order in which a response has them.</summary>
internal sealed class Attributes<TRow>(params Attribute<TRow>[] all)
    where TRow : allows ref struct
{
    private readonly string[] names = [.. all.Select(attribute => attribute.Name)];

    /// <summary>Writes the members of the object if the call names no attributes; null to write all of them one by one.</summary>
    public Attribute<TRow>.JsonWriter? Default { get; init; }

    /// <summary>Returns the attributes that <c>fields</c> names, or the default ones.</summary>
    public Selection Read(QueryParameters query, RequestErrors errors) => Read(query, errors, Default);

    /// <summary>Returns the attributes that <c>fields</c> names, or all of them, which is the default of a file.</summary>
    public Selection ReadForFile(QueryParameters query, RequestErrors errors) => Read(query, errors, whole: null);

    /// <summary>What an answer has that names no attributes.</summary>
    public Selection All => new(all, Default);

    public void Write(Utf8JsonWriter json, in TRow row, Currency currency) => All.Write(json, row, currency);

    private Selection Read(QueryParameters query, RequestErrors errors, Attribute<TRow>.JsonWriter? whole) =>
        AttributeNames.Read(query, names, errors) is { } named
            ? new Selection([.. all.Where(attribute => named.Contains(attribute.Name))], whole: null)
            : new Selection(all, whole);

    /// <param name="whole">Writes the object in place of the selected attributes; null for those.</param>
    public readonly struct Selection(Attribute<TRow>[] selected, Attribute<TRow>.JsonWriter? whole)
    {
        public string[] Names => [.. selected.Select(attribute => attribute.Name)];

        /// <summary>Whether the call requests one of these attributes.</summary>
        public bool NamesAnyOf(string[] attributes) =>
            whole is null && selected.Any(attribute => attributes.Contains(attribute.Name));

        public void Write(Utf8JsonWriter json, in TRow row, Currency currency)
        {
            json.WriteStartObject();
            if (whole is not null)
            {
                whole(json, row, currency);
            }
            else
            {
                foreach (var attribute in selected)
                    attribute.Write(json, row, currency);
            }
            json.WriteEndObject();
        }

        /// <summary>Writes the cells of a row.</summary>
        public void Write(ITableWriter cells, in TRow row, Currency currency)
        {
            foreach (var attribute in selected)
                attribute.WriteCell(cells, row, currency);
        }
    }
}
