using System.Text.Encodings.Web;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Writes certificates of one site as the document shows them, without an object or a string in between.</summary>
internal readonly struct CertificateJson(Currency currency)
{
    /// <summary>Codes in any script stay readable: only what JSON itself must escape is escaped.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText IsActive = JsonEncodedText.Encode("is_active");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Balance = JsonEncodedText.Encode("balance");
    private static readonly JsonEncodedText Spent = JsonEncodedText.Encode("spent");
    private static readonly JsonEncodedText Held = JsonEncodedText.Encode("held");
    private static readonly JsonEncodedText CurrencyName = JsonEncodedText.Encode("currency");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updated_at");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");

    public void Write(Utf8JsonWriter json, in CertificateLine line)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, line.Id);
        json.WriteString(Code, line.Code.Text);
        json.WriteBoolean(IsActive, line.IsActive);
        json.WriteNumber(Value, currency.ToUnits(line.FaceValue));
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
            json.WriteString(Balance, Amounts.Text(row.FaceValue - row.Spent - row.Held, currency));
        if (Has(CertificateFields.Spent))
            json.WriteString(Spent, Amounts.Text(row.Spent, currency));
        if (Has(CertificateFields.Held))
            json.WriteString(Held, Amounts.Text(row.Held, currency));
        if (Has(CertificateFields.Currency))
            json.WriteString(CurrencyName, currency.Code);
        if (Has(CertificateFields.CreatedAt))
            json.WriteString(CreatedAt, row.CreatedAt.UtcDateTime);
        if (Has(CertificateFields.UpdatedAt))
            json.WriteString(UpdatedAt, row.UpdatedAt.UtcDateTime);
        if (Has(CertificateFields.Version))
            json.WriteNumber(Version, row.Version);

        bool Has(CertificateFields field) => (fields & field) != 0;
    }
}
