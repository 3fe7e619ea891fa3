using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Which certificates a list call selects, and how it shows them.</summary>
/// <param name="Query">The filters, including the page.</param>
internal sealed record CertificateFilters(CertificateQuery Query, ListRequest<CertificateRow> List)
{
    private static readonly (string Name, CertificateOrder Order)[] Orders =
    [
        ("id", CertificateOrder.Id),
        ("code", CertificateOrder.Code),
        ("value", CertificateOrder.Value),
        ("created_at", CertificateOrder.CreatedAt),
        ("updated_at", CertificateOrder.UpdatedAt),
    ];

    public static readonly string[] Parameters =
    [
        .. ListRequest.Parameters, "ordering",
        "code", "is_active", "value_min", "value_max", "created_after", "created_before", "updated_after", "search", "batch_id",
    ];

    /// <summary>Whether the requested attributes change when a hold runs out.</summary>
    public bool TellsOfHolds => List.Attributes.NamesAnyOf(CertificateJson.OfHolds);

    /// <summary>Whether a hold that runs out changes which certificates are returned, or their order.</summary>
    public bool IsByChange => Query.UpdatedAfter is not null || Query.Order == CertificateOrder.UpdatedAt;

    public static CertificateFilters Read(QueryParameters query, Currency currency, RequestErrors errors)
    {
        var (order, descending) = ReadOrdering(query, errors);
        var isInOrderOfId = (order, descending) == (CertificateOrder.Id, false);
        var list = ListRequest<CertificateRow>.Read(query, CertificateJson.Attributes, errors, isInOrderOfId);
        var certificates = new CertificateQuery
        {
            Code = query.SearchText("code", CertificateCode.MaxCharacters),
            Search = ReadSearch(query, errors),
            BatchId = query.Integer("batch_id", 1, long.MaxValue),
            IsActive = query.Boolean("is_active"),
            MinFaceValue = ToMinor(query.Integer("value_min", 0, FaceValue.MaxUnits)),
            MaxFaceValue = ToMinor(query.Integer("value_max", 0, FaceValue.MaxUnits)),
            CreatedAfter = query.Instant("created_after"),
            CreatedBefore = query.Instant("created_before"),
            UpdatedAfter = query.Instant("updated_after"),
            AfterId = list.Page.After,
            Order = order,
            Descending = descending,
            Skip = list.Page.Skip,
            Take = list.Page.Take,
            AllAttributes = list.Attributes.NamesAnyOf(CertificateJson.NotInDocument),
            WithBatch = list.Attributes.NamesAnyOf(CertificateJson.OfBatch),
        };
        // Ids have no gaps and certificates are never deleted, so the rows before a page need not be walked.
        if (list.Page.Paging == Paging.ByNumber && !certificates.HasFilters && isInOrderOfId)
            certificates = certificates with { AfterId = certificates.Skip, Skip = 0 };
        return new CertificateFilters(certificates, list);

        long? ToMinor(long? units) => units is { } whole ? currency.ToMinor(whole) : null;
    }

    /// <summary>Reads the search text. A text that folds to nothing is refused because every code would contain it.</summary>
    private static string? ReadSearch(QueryParameters query, RequestErrors errors)
    {
        var text = query.SearchText("search", CertificateCode.MaxCharacters);
        if (!errors.Any && text is not null && CertificateCode.Fold(text).Length == 0)
        {
            errors.Add(
                "?search", ErrorCodes.Empty,
                "search must contain more than white space, dashes and invisible characters, which are ignored.");
        }
        return text;
    }

    private static (CertificateOrder Order, bool Descending) ReadOrdering(QueryParameters query, RequestErrors errors)
    {
        if (query.Text("ordering") is not { } text)
            return (CertificateOrder.Id, false);
        var descending = text.StartsWith('-');
        foreach (var (name, order) in Orders)
        {
            if (name == (descending ? text[1..] : text))
                return (order, descending);
        }
        var names = string.Join(", ", Orders.Select(known => known.Name));
        errors.Add("?ordering", ErrorCodes.UnknownValue, $"Known values: {names}; a leading - sorts in descending order.");
        return default;
    }
}
