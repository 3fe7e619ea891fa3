using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Writes certificates of one site as the document shows them, without an object or a string in between.</summary>
internal readonly struct CertificateJson(Currency currency)
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText IsActive = JsonEncodedText.Encode("is_active");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Balance = JsonEncodedText.Encode("balance");
    private static readonly JsonEncodedText Spent = JsonEncodedText.Encode("spent");
    private static readonly JsonEncodedText Held = JsonEncodedText.Encode("held");
    private static readonly JsonEncodedText CurrencyName = JsonEncodedText.Encode("currency");
    private static readonly JsonEncodedText StartsAt = JsonEncodedText.Encode("starts_at");
    private static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expires_at");
    private static readonly JsonEncodedText SingleUse = JsonEncodedText.Encode("single_use");
    private static readonly JsonEncodedText Note = JsonEncodedText.Encode("note");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updated_at");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");

    /// <param name="balance">In minor units; null where only the document's four members are wanted.</param>
    public void Write(Utf8JsonWriter json, in CertificateLine line, long? balance)
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

    public void Write(Utf8JsonWriter json, in CertificateRow row, CertificateFields fields)
    {
        json.WriteStartObject();
        if (Has(CertificateFields.Id))
            json.WriteNumber(Id, row.Id);
        if (Has(CertificateFields.Code))
            json.WriteString(Code, row.Code);
        if (Has(CertificateFields.IsActive))
            json.WriteBoolean(IsActive, row.IsActive);
        if (Has(CertificateFields.Value))
            json.WriteNumber(Value, currency.ToUnits(row.FaceValue));
        if (fields > CertificateFields.Document)
            WriteOnRequest(json, row, fields);
        json.WriteEndObject();

        bool Has(CertificateFields field) => (fields & field) != 0;
    }

    private void WriteOnRequest(Utf8JsonWriter json, in CertificateRow row, CertificateFields fields)
    {
        if (Has(CertificateFields.Balance))
            json.WriteString(Balance, Amounts.Text(row.Balance, currency));
        if (Has(CertificateFields.Spent))
            json.WriteString(Spent, Amounts.Text(row.Spent, currency));
        if (Has(CertificateFields.Held))
            json.WriteString(Held, Amounts.Text(row.Held, currency));
        if (Has(CertificateFields.Currency))
            json.WriteString(CurrencyName, currency.Code);
        if (row.Terms is { } terms)
            WriteTerms(json, terms, fields);
        if (Has(CertificateFields.CreatedAt))
            json.WriteString(CreatedAt, row.CreatedAt.UtcDateTime);
        if (Has(CertificateFields.UpdatedAt))
            json.WriteString(UpdatedAt, row.UpdatedAt.UtcDateTime);
        if (Has(CertificateFields.Version))
            json.WriteNumber(Version, row.Version);

        bool Has(CertificateFields field) => (fields & field) != 0;
    }

    private static void WriteTerms(Utf8JsonWriter json, CertificateTerms terms, CertificateFields fields)
    {
        if (Has(CertificateFields.StartsAt))
            json.WriteInstant(StartsAt, terms.StartsAt);
        if (Has(CertificateFields.ExpiresAt))
            json.WriteInstant(ExpiresAt, terms.ExpiresAt);
        if (Has(CertificateFields.SingleUse))
            json.WriteBoolean(SingleUse, terms.SingleUse);
        if (Has(CertificateFields.Note))
            json.WriteString(Note, terms.Note);

        bool Has(CertificateFields field) => (fields & field) != 0;
    }
}
