using System.Text.Json;
using Scrip.Files.Tables;
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

/// <summary>The attributes of a resource, in the order in which they stand in an answer.</summary>
internal sealed class Attributes<TRow>(params Attribute<TRow>[] all)
    where TRow : allows ref struct
{
    private readonly string[] names = [.. all.Select(attribute => attribute.Name)];

    /// <summary>Writes the members of the object where the call names no attributes; null writes all of them.</summary>
    public Attribute<TRow>.JsonWriter? Default { get; init; }

    /// <summary>Those that <c>fields</c> names, or those by default.</summary>
    public Selection Read(QueryParameters query, RequestErrors errors) => Read(query, errors, Default);

    /// <summary>Those that <c>fields</c> names, or all of them: a file is wanted for what is in it.</summary>
    public Selection ReadForFile(QueryParameters query, RequestErrors errors) => Read(query, errors, whole: null);

    public void Write(Utf8JsonWriter json, in TRow row, Currency currency) => new Selection(all, Default).Write(json, row, currency);

    private Selection Read(QueryParameters query, RequestErrors errors, Attribute<TRow>.JsonWriter? whole) =>
        AttributeNames.Read(query, names, errors) is { } named
            ? new Selection([.. all.Where(attribute => named.Contains(attribute.Name))], whole: null)
            : new Selection(all, whole);

    /// <param name="whole">Writes the object in place of the selected attributes; null for those.</param>
    public readonly struct Selection(Attribute<TRow>[] selected, Attribute<TRow>.JsonWriter? whole)
    {
        public string[] Names => [.. selected.Select(attribute => attribute.Name)];

        /// <summary>Whether one of these is asked for beyond what a call gets by default.</summary>
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
