using System.Text.Json;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>
/// Reads the bodies of writes of certificates. A body that is not JSON is one error; otherwise all of its errors are found.
/// </summary>
internal static class CertificateBody
{
    /// <param name="codeRequired">See <see cref="CertificateItemReader"/>.</param>
    public static CertificateItem ReadOne(
        ReadOnlySpan<byte> utf8, long pathId, bool codeRequired, string timeZone, RequestErrors errors)
    {
        var json = new Utf8JsonReader(utf8);
        var item = default(CertificateItem);
        try
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
            {
                errors.Add("", ErrorCodes.WrongType, "Send one certificate as a JSON object, not an array.");
                json.Skip();
            }
            else
            {
                var reader = new CertificateItemReader(IdMember.OptionalLikePath, codeRequired, timeZone, errors, pathId);
                item = reader.Read(ref json, index: null);
            }
            ReadToEnd(ref json);
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable(utf8, notJson);
        }
        return item;
    }

    /// <summary>
    /// Reads at most <paramref name="maxItems"/> items; one more is an error. An id or code that is repeated in the call is an error too,
    /// reported after those of the items.
    /// </summary>
    /// <param name="codeRequired">See <see cref="CertificateItemReader"/>.</param>
    /// <param name="toItem">Converts an item to what is kept.</param>
    public static List<TItem> ReadMany<TItem>(
        ReadOnlySpan<byte> utf8,
        IdMember idMember,
        bool codeRequired,
        int maxItems,
        string timeZone,
        RequestErrors errors,
        Func<CertificateItem, TItem> toItem)
        where TItem : struct
    {
        var items = new List<TItem>();
        var repetitions = new Repetitions();
        var json = new Utf8JsonReader(utf8);
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                errors.Add("", ErrorCodes.WrongType, "Send an array of certificates; put a single one in [ ].");
                json.Skip();
                ReadToEnd(ref json);
                return items;
            }
            var reader = new CertificateItemReader(idMember, codeRequired, timeZone, errors);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (items.Count == maxItems)
                {
                    errors.NoteItems(maxItems + 1, maxItems);
                    return items;
                }
                var item = reader.Read(ref json, items.Count);
                repetitions.Note(items.Count, item.Id, item.Code.GetValueOrDefault());
                items.Add(toItem(item));
                if (items.Count == 1)
                    EnsureCapacity(ItemsLike(json.BytesConsumed, utf8.Length, maxItems));
            }
            ReadToEnd(ref json);
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable(utf8, notJson);
        }
        repetitions.AddTo(errors);
        errors.NoteItems(items.Count, maxItems);
        return items;

        void EnsureCapacity(int count)
        {
            items.EnsureCapacity(count);
            repetitions.EnsureCapacity(count, withIds: idMember == IdMember.Required);
        }
    }

    /// <summary>
    /// Estimates how many items the body has if all are about as long as the first. Memory reserved in excess is never touched, whereas a
    /// list that grows step by step takes twice the memory.
    /// </summary>
    private static int ItemsLike(long firstBytes, int allBytes, int maxItems) =>
        (int)Math.Min(maxItems, allBytes / firstBytes * 5 / 4 + 1);

    /// <summary>Reads on to the end. Anything but white space after the value is a JSON error, which the reader throws.</summary>
    private static void ReadToEnd(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
        }
    }
}
