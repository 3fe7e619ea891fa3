using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>Reads the bodies of write-offs.</summary>
internal static class WriteOffBody
{
    /// <summary>Reads how much to write off one certificate. Without an amount it is the whole balance.</summary>
    public static WriteOff ReadOne(ReadOnlySpan<byte> utf8, long certificateId, Currency currency, RequestErrors errors)
    {
        var body = RequestObject.Read(utf8, errors, "amount", "reason");
        return new(certificateId, body.Amount("amount", currency), body.OptionalText("reason", Redemption.MaxReasonLength));
    }

    /// <summary>
    /// Reads <c>[{"id":1,"reason":"…"}]</c>, in which each item writes off the whole balance, with at most <paramref name="maxItems"/>
    /// items. One more is an error. So is a repeated id, reported after the errors of the items.
    /// </summary>
    public static List<WriteOff> ReadMany(ReadOnlySpan<byte> utf8, int maxItems, RequestErrors errors)
    {
        var items = new List<WriteOff>();
        var repetitions = new Repetitions();
        var json = new Utf8JsonReader(utf8);
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                errors.Add("", ErrorCodes.WrongType, "Send an array of write-offs; put a single one in [ ].");
                json.Skip();
            }
            else
            {
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (items.Count == maxItems)
                    {
                        errors.NoteItems(maxItems + 1, maxItems);
                        return items;
                    }
                    var (item, id) = ReadItem(JsonElement.ParseValue(ref json), items.Count, errors);
                    repetitions.Note(items.Count, id, code: default);
                    items.Add(item);
                }
            }
            // Anything but white space after the value is a JSON error, which the reader throws.
            while (json.Read())
            {
            }
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable(utf8, notJson);
        }
        repetitions.AddTo(errors);
        errors.NoteItems(items.Count, maxItems);
        return items;
    }

    private static (WriteOff Item, long? Id) ReadItem(JsonElement element, int index, RequestErrors errors)
    {
        var item = RequestObject.Read(element, errors, index, "id", "reason");
        var id = item.Id("id");
        if (!item.Has("id"))
            item.Refuse("id", ErrorCodes.Required, "id is required.");
        return (new WriteOff(id ?? 0, Amount: null, item.OptionalText("reason", Redemption.MaxReasonLength)), id);
    }
}
