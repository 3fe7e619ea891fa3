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

    private static Attributes<EntryRow> With(Attributes<EntryRow>.Writer writeDetail) => new(
        ("id", (json, in entry, _) => json.WriteNumberValue(entry.Id)),
        ("certificate_id", (json, in entry, _) => json.WriteNumberValue(entry.CertificateId)),
        ("redemption_id", (json, in entry, _) => WriteRedemptionId(json, entry.RedemptionId)),
        ("kind", (json, in entry, _) => json.WriteStringValue(NameOf(entry))),
        ("amount", (json, in entry, currency) => json.WriteStringValue(Amounts.Text(entry.Amount, currency))),
        ("balance_after", (json, in entry, currency) => json.WriteStringValue(Amounts.Text(entry.BalanceAfter, currency))),
        ("reference", (json, in entry, _) => json.WriteStringValue(entry.Reference)),
        ("detail", writeDetail),
        ("actor", (json, in entry, _) => json.WriteStringValue(ActorNames.Of(entry.Actor))),
        ("created_at", (json, in entry, _) => json.WriteInstant(entry.CreatedAt)));

    /// <exception cref="StorageException">A newer version stored a kind that this one does not know.</exception>
    private static string NameOf(EntryRow entry)
    {
        foreach (var (known, name) in Kinds)
        {
            if (known == entry.Kind)
                return name;
        }
        throw StorageException.NotUnderstood(
            string.Create(CultureInfo.InvariantCulture, $"the kind {(int)entry.Kind} of entry {entry.Id}"));
    }

    private static void WriteRedemptionId(Utf8JsonWriter json, long id)
    {
        if (id == 0)
            json.WriteNullValue();
        else
            json.WriteNumberValue(id);
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
