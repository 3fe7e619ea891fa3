using System.Text.Json;
using Scrip.Ledger.Certificates;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.Certificates;

/// <summary>The bodies of the three writes. A body that is no JSON is one error; one that is, is looked at to its end.</summary>
internal static class CertificateBody
{
    public static CertificateItem ReadOne(ReadOnlySpan<byte> utf8, long pathId, string timeZone, RequestErrors errors)
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
                item = new CertificateItemReader(IdMember.OptionalLikePath, timeZone, errors, pathId).Read(ref json, index: null);
            }
            ReadToEnd(ref json);
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable(utf8, notJson);
        }
        return item;
    }

    /// <summary>Reads at most one item more than <paramref name="maxItems"/>, so that the caller sees there are too many.</summary>
    public static List<CertificateItem> ReadMany(
        ReadOnlySpan<byte> utf8, IdMember idMember, int maxItems, string timeZone, RequestErrors errors)
    {
        var items = new List<CertificateItem>();
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
            var reader = new CertificateItemReader(idMember, timeZone, errors);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (items.Count == maxItems)
                {
                    items.Add(default);
                    return items;
                }
                items.Add(reader.Read(ref json, items.Count));
            }
            ReadToEnd(ref json);
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable(utf8, notJson);
        }
        return items;
    }

    /// <summary>The same id or code twice in one call: the second one is named, and where the first is.</summary>
    public static void CheckRepetitions(List<CertificateItem> items, RequestErrors errors)
    {
        var ids = new Dictionary<long, int>(items is [{ Id: not null }, ..] ? items.Count : 0);
        var codes = new Dictionary<CertificateCode, int>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].Id is { } id && !ids.TryAdd(id, index))
                errors.Add(index, "id", ErrorCodes.RepeatedId, $"id {id} stands in item {ids[id]} too.");
            if (items[index].Code != default && !codes.TryAdd(items[index].Code, index))
                errors.Add(index, "code", ErrorCodes.RepeatedCode, $"The same code stands in item {codes[items[index].Code]} too.");
        }
    }

    /// <summary>Anything but white space after the value is an error of JSON, which the reader throws.</summary>
    private static void ReadToEnd(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
        }
    }
}
