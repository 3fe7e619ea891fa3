using System.Text.Json;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>The bodies of the writes of certificates. A body that is no JSON is one error; one that is, is looked at to its end.</summary>
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
                errors.Add("", ErrorCodes.WrongType, "One certificate is expected, as a JSON object, not an array.");
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
    /// Reads <paramref name="maxItems"/> at most; a further one is an error. The same id or code twice in one call is an error too, named
    /// after those of the items.
    /// </summary>
    /// <param name="codeRequired">See <see cref="CertificateItemReader"/>.</param>
    /// <param name="toItem">What is kept of each.</param>
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
                errors.Add("", ErrorCodes.WrongType, "An array of certificates is expected; send a single one in [ ].");
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
    /// How many items the body has if all are about as long as the first. What is reserved beyond them is never touched, while a list that
    /// grows step by step takes twice the memory.
    /// </summary>
    private static int ItemsLike(long firstBytes, int allBytes, int maxItems) =>
        (int)Math.Min(maxItems, allBytes / firstBytes * 5 / 4 + 1);

    /// <summary>Anything but white space after the value is an error of JSON, which the reader throws.</summary>
    private static void ReadToEnd(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
        }
    }
}
