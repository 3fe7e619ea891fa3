using System.Globalization;
using Scrip.Ledger.Access;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Print;

/// <summary>Which certificates a call prints, and how.</summary>
/// <param name="UsableOnly">Whether certificates that can never pay again are left out.</param>
/// <param name="Shop">The name of the shop on each certificate.</param>
/// <param name="Terms">The terms on each certificate.</param>
internal sealed record PrintRequest(
    CertificateQuery Query, PrintLayout Layout, PrintLanguage Language, bool UsableOnly, string Shop, string Terms)
{
    /// <summary>The most certificates of a document. A batch that has more is printed in pages.</summary>
    public const int MaxCertificates = PageRequest.MaxPageSize;

    /// <summary>A longer list might not fit into an address.</summary>
    public const int MaxIds = 500;

    public const int MaxShopLength = 60;
    public const int MaxTermsLength = 400;

    public static readonly string[] Parameters =
        ["batch_id", "id", "page", "page_size", "layout", "language", "usable", "shop", "terms"];

    private static readonly string[] ForBatchesOnly = ["page", "page_size"];

    public static PrintRequest Read(QueryParameters query, Site site, RequestErrors errors)
    {
        var language = PrintLanguages.Read(query, errors);
        var layout = PrintLayout.Read(query, errors);
        return new(
            ReadCertificates(query, errors), layout, language, query.Boolean("usable") ?? false,
            query.TextForPeople("shop", MaxShopLength) ?? site.Name,
            query.TextForPeople("terms", MaxTermsLength) ?? language.Terms);
    }

    private static CertificateQuery ReadCertificates(QueryParameters query, RequestErrors errors)
    {
        var page = PageRequest.Read(query, isInOrderOfId: true, errors);
        if (query.Text("id") is null)
        {
            var batchId = query.Integer("batch_id", 1, long.MaxValue);
            if (query.Text("batch_id") is null)
                errors.Add("?batch_id", ErrorCodes.Required, "batch_id or id is required.");
            return new() { BatchId = batchId, Skip = page.Skip, Take = page.Take, AllAttributes = true };
        }
        if (query.Text("batch_id") is not null)
            errors.Add("?id", ErrorCodes.NotAllowed, "id and batch_id cannot be combined.");
        foreach (var named in ForBatchesOnly.Where(parameter => query.Text(parameter) is not null))
            errors.Add($"?{named}", ErrorCodes.NotAllowed, "Only batches are printed in pages.");
        return new() { Ids = ReadIds(query.Text("id")!, errors), AllAttributes = true };
    }

    private static List<long> ReadIds(string list, RequestErrors errors)
    {
        List<long> ids = [];
        foreach (var text in list.Split(',', MaxIds + 1))
        {
            if (ids.Count < MaxIds && QueryNumber.TryParse(text, out var id) && id > 0)
            {
                ids.Add(id);
                continue;
            }
            if (ids.Count == MaxIds)
                errors.Add("?id", ErrorCodes.TooLong, $"id must have at most {Text(MaxIds)} ids.");
            else if (QueryNumber.IsInteger(text))
                errors.Add("?id", ErrorCodes.OutOfRange, $"Ids must be between 1 and {Text(long.MaxValue)}.");
            else
                errors.Add("?id", ErrorCodes.NotAnInteger, "id must be ids with commas between them, such as 1,2,3.");
            return ids;
        }
        if (ids.Count != ids.Distinct().Count())
            errors.Add("?id", ErrorCodes.RepeatedId, "No id may be repeated.");
        return ids;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
