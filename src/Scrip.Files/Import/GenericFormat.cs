using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>A file whose columns the caller names: <c>code:Card number,value:Face,balance:Left</c>.</summary>
internal static class GenericFormat
{
    private static readonly (string Name, Field Field)[] Fields =
    [
        ("code", Field.Code),
        ("value", Field.Value),
        ("balance", Field.Balance),
        ("is_active", Field.IsActive),
        ("starts_at", Field.StartsAt),
        ("expires_at", Field.ExpiresAt),
        ("single_use", Field.SingleUse),
        ("note", Field.Note),
        ("currency", Field.Currency),
        ("recipient", Field.Person),
        ("sender", Field.Person),
        ("message", Field.Person),
    ];

    /// <exception cref="TableException">The map is invalid.</exception>
    public static FileFormat Parse(string? map)
    {
        if (string.IsNullOrWhiteSpace(map))
        {
            throw new TableException(
                ImportFault.InvalidMap, $"source={FileFormats.Generic} needs map=code:…,value:… with the file's captions.");
        }
        return new FileFormat(FileFormats.Generic) { Columns = [.. map.Split(',').Select(ParsePair)] };
    }

    private static FormatColumn ParsePair(string pair)
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? pair.Trim() : pair[..colon].Trim();
        var field = Fields.FirstOrDefault(known => known.Name == name).Field;
        if (colon < 0 || field == Field.Ignored || string.IsNullOrWhiteSpace(pair[(colon + 1)..]))
        {
            throw new TableException(
                ImportFault.InvalidMap,
                $"map has pairs such as code:Card number, separated by commas. Before the colon is one of {Names}.");
        }
        return new(field, pair[(colon + 1)..].Trim());
    }

    private static string Names => string.Join(", ", Fields.Select(known => known.Name));
}
