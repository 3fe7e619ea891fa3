using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Writes certificates of one site as JSON, without an object or a string in between.</summary>
internal static class CertificateJson
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText IsActive = JsonEncodedText.Encode("is_active");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Balance = JsonEncodedText.Encode("balance");

    /// <summary>All attributes. By default only the document's four are returned; the others must be requested, or are in a file.</summary>
    public static readonly Attributes<CertificateRow> Attributes = new(
        Attribute<CertificateRow>.Number("id", (in row) => row.Id),
        Attribute<CertificateRow>.Utf8Text("code", (in row) => row.Code),
        Attribute<CertificateRow>.Flag("is_active", (in row) => row.IsActive),
        Attribute<CertificateRow>.Units("value", (in row) => row.FaceValue),
        Attribute<CertificateRow>.Amount("balance", (in row) => row.Balance),
        Attribute<CertificateRow>.Amount("spent", (in row) => row.Spent),
        Attribute<CertificateRow>.Amount("held", (in row) => row.Held),
        Attribute<CertificateRow>.CurrencyCode("currency"),
        Attribute<CertificateRow>.Instant("starts_at", (in row) => row.StartsAt),
        Attribute<CertificateRow>.Instant("expires_at", (in row) => row.ExpiresAt),
        Attribute<CertificateRow>.Flag("single_use", (in row) => row.SingleUse),
        Attribute<CertificateRow>.Text("note", (in row) => row.Note),
        Attribute<CertificateRow>.Number("batch_id", (in row) => row.BatchId),
        Attribute<CertificateRow>.Instant("created_at", (in row) => row.CreatedAt),
        Attribute<CertificateRow>.Instant("updated_at", (in row) => row.UpdatedAt),
        Attribute<CertificateRow>.Number("version", (in row) => row.Version))
    {
        Default = WriteDocument,
    };

    /// <summary>The attributes that change when a hold runs out.</summary>
    public static readonly string[] OfHolds = ["balance", "spent", "held", "updated_at", "version"];

    /// <summary>The attributes that are looked up in the batches.</summary>
    public static readonly string[] OfBatch = ["batch_id"];

    /// <summary>The attributes for which the store must read more than for the document's four.</summary>
    public static readonly string[] NotInDocument =
        [.. OfHolds, .. OfBatch, "starts_at", "expires_at", "single_use", "note", "created_at"];

    /// <param name="balance">In minor units; null to write only the document's four members.</param>
    public static void Write(Utf8JsonWriter json, in CertificateLine line, long? balance, Currency currency)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, line.Id);
        json.WriteString(Code, line.Code.Text);
        json.WriteBoolean(IsActive, line.IsActive);
        json.WriteNumber(Value, currency.ToUnits(line.FaceValue));
        if (balance is { } left)
            json.WriteString(Balance, Amounts.Text(left, currency));
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes the document's four members directly. Most lists have only these, and a call per attribute and row would cost a tenth of
    /// their speed.
    /// </summary>
    private static void WriteDocument(Utf8JsonWriter json, in CertificateRow row, Currency currency)
    {
        json.WriteNumber(Id, row.Id);
        json.WriteString(Code, row.Code);
        json.WriteBoolean(IsActive, row.IsActive);
        json.WriteNumber(Value, currency.ToUnits(row.FaceValue));
    }
}
