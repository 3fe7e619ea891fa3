using System.Buffers;
using System.Text.Json;
using Scrip.Files.Tables;
using Scrip.Ledger;

namespace Scrip.Server.Http;

/// <summary>An attribute of a resource, and how its value is written into JSON and into a cell of a file.</summary>
/// <param name="writeCell">Null to write the JSON as the text of the cell.</param>
internal sealed class Attribute<TRow>(
    string name, Attribute<TRow>.JsonWriter writeValue, Attribute<TRow>.CellWriter? writeCell = null)
    where TRow : allows ref struct
{
    private readonly JsonEncodedText encodedName = JsonEncodedText.Encode(name);

    /// <param name="currency">The site's currency, for amounts.</param>
    public delegate void JsonWriter(Utf8JsonWriter json, in TRow row, Currency currency);

    /// <inheritdoc cref="JsonWriter"/>
    public delegate void CellWriter(ITableWriter cells, in TRow row, Currency currency);

    public delegate TValue ValueOf<TValue>(in TRow row)
        where TValue : allows ref struct;

    public string Name => encodedName.Value;

    public JsonWriter WriteValue { get; } = writeValue;

    public CellWriter WriteCell { get; } = writeCell ?? JsonCell(writeValue);

    public static Attribute<TRow> Number(string name, ValueOf<long?> value) => new(
        name,
        (json, in row, _) =>
        {
            if (value(row) is { } number)
                json.WriteNumberValue(number);
            else
                json.WriteNullValue();
        },
        (cells, in row, _) =>
        {
            if (value(row) is { } number)
                cells.Write(number);
            else
                cells.WriteEmpty();
        });

    public static Attribute<TRow> Flag(string name, ValueOf<bool> value) => new(
        name,
        (json, in row, _) => json.WriteBooleanValue(value(row)),
        (cells, in row, _) => cells.Write(value(row)));

    public static Attribute<TRow> Text(string name, ValueOf<string?> value) => new(
        name,
        (json, in row, _) => json.WriteStringValue(value(row)),
        (cells, in row, _) => cells.Write(value(row)));

    public static Attribute<TRow> Utf8Text(string name, ValueOf<ReadOnlySpan<byte>> value) => new(
        name,
        (json, in row, _) => json.WriteStringValue(value(row)),
        (cells, in row, _) => cells.Write(value(row)));

    /// <param name="minor">The amount in the currency's minor unit.</param>
    public static Attribute<TRow> Amount(string name, ValueOf<long> minor) => new(
        name,
        (json, in row, currency) => json.WriteStringValue(Amounts.Text(minor(row), currency)),
        (cells, in row, currency) => cells.WriteAmount(minor(row), currency.Digits));

    /// <summary>An amount in whole units of the currency, written as a number.</summary>
    /// <param name="minor">The amount in the currency's minor unit.</param>
    public static Attribute<TRow> Units(string name, ValueOf<long> minor) => new(
        name,
        (json, in row, currency) => json.WriteNumberValue(currency.ToUnits(minor(row))),
        (cells, in row, currency) => cells.Write(currency.ToUnits(minor(row))));

    /// <summary>The code of the site's currency.</summary>
    public static Attribute<TRow> CurrencyCode(string name) => new(
        name,
        (json, in _, currency) => json.WriteStringValue(currency.Code),
        (cells, in _, currency) => cells.Write(currency.Code));

    public static Attribute<TRow> Instant(string name, ValueOf<DateTimeOffset?> value) => new(
        name,
        (json, in row, _) => json.WriteInstant(value(row)),
        (cells, in row, _) =>
        {
            if (value(row) is { } instant)
                cells.Write(instant);
            else
                cells.WriteEmpty();
        });

    /// <summary>Writes the name and the value.</summary>
    public void Write(Utf8JsonWriter json, in TRow row, Currency currency)
    {
        json.WritePropertyName(encodedName);
        WriteValue(json, row, currency);
    }

    /// <summary>Writes the JSON as a text, and null as an empty cell.</summary>
    private static CellWriter JsonCell(JsonWriter writeValue) => (cells, in row, currency) =>
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, JsonForm.Options))
            writeValue(json, row, currency);
        cells.Write(text.WrittenSpan.SequenceEqual("null"u8) ? [] : text.WrittenSpan);
    };
}
