using System.Globalization;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Server.Auth;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Entries;

/// <summary>Writes lines of a site's journal as JSON.</summary>
internal static class EntryJson
{
    private static readonly (EntryKind Kind, string Name)[] Kinds =
    [
        (EntryKind.Issued, "issued"),
        (EntryKind.Adjusted, "adjusted"),
        (EntryKind.Activated, "activated"),
        (EntryKind.Deactivated, "deactivated"),
        (EntryKind.Renamed, "renamed"),
        (EntryKind.Rescheduled, "rescheduled"),
        (EntryKind.Captured, "captured"),
        (EntryKind.Held, "held"),
        (EntryKind.Released, "released"),
        (EntryKind.HoldExpired, "hold_expired"),
        (EntryKind.Refunded, "refunded"),
        (EntryKind.Forfeited, "forfeited"),
        (EntryKind.Opening, "opening"),
    ];

    public static IEnumerable<string> KindNames => Kinds.Select(known => known.Name);

    public static EntryKind? KindNamed(string name)
    {
        foreach (var (kind, known) in Kinds)
        {
            if (known == name)
                return kind;
        }
        return null;
    }

    private static readonly Attributes<EntryRow> WithCodes = With(WriteDetail);

    private static readonly Attributes<EntryRow> WithMaskedCodes = With(WriteMaskedDetail);

    /// <param name="showsCodes">Whether the codes of a renaming are written in full.</param>
    public static Attributes<EntryRow> AttributesWith(bool showsCodes) => showsCodes ? WithCodes : WithMaskedCodes;

    private static Attributes<EntryRow> With(Attribute<EntryRow>.JsonWriter writeDetail) => new(
        Attribute<EntryRow>.Number("id", (in entry) => entry.Id),
        Attribute<EntryRow>.Number("certificate_id", (in entry) => entry.CertificateId),
        Attribute<EntryRow>.Number("redemption_id", (in entry) => entry.RedemptionId == 0 ? null : entry.RedemptionId),
        Attribute<EntryRow>.Text("kind", NameOf),
        Attribute<EntryRow>.Amount("amount", (in entry) => entry.Amount),
        Attribute<EntryRow>.Amount("balance_after", (in entry) => entry.BalanceAfter),
        Attribute<EntryRow>.Text("reference", (in entry) => entry.Reference),
        new("detail", writeDetail),
        Attribute<EntryRow>.Text("actor", (in entry) => ActorNames.Of(entry.Actor)),
        Attribute<EntryRow>.Instant("created_at", (in entry) => entry.CreatedAt));

    /// <exception cref="StorageException">A newer version stored a kind that this one does not know.</exception>
    private static string NameOf(in EntryRow entry)
    {
        foreach (var (known, name) in Kinds)
        {
            if (known == entry.Kind)
                return name;
        }
        throw StorageException.NotUnderstood(
            string.Create(CultureInfo.InvariantCulture, $"the kind {(int)entry.Kind} of entry {entry.Id}"));
    }

    private static void WriteMaskedDetail(Utf8JsonWriter json, in EntryRow entry, Currency currency)
    {
        if (entry.Kind != EntryKind.Renamed)
        {
            WriteDetail(json, in entry, currency);
        }
        else if (EntryDetail.TryReadRenaming(entry.Detail ?? "", out var before, out var after))
        {
            json.WriteStartObject();
            json.WriteStartObject("code");
            json.WriteString("before", MaskedCode.Of(before.Text));
            json.WriteString("after", MaskedCode.Of(after.Text));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>Writes the detail as stored, except for a change of the face value, which is computed from the amounts.</summary>
    private static void WriteDetail(Utf8JsonWriter json, in EntryRow entry, Currency currency)
    {
        if (entry.Kind == EntryKind.Adjusted)
        {
            json.WriteStartObject();
            json.WriteStartObject("value");
            json.WriteString("before", Amounts.Text(entry.FaceValueAfter - entry.Amount, currency));
            json.WriteString("after", Amounts.Text(entry.FaceValueAfter, currency));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else if (entry.Detail is { } detail)
        {
            json.WriteRawValue(detail, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
