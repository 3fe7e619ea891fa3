using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>What a list call asks for.</summary>
internal sealed record ListRequest(CertificateQuery Query, CertificateFields Fields, PageRequest Page)
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
        .. PageRequest.Parameters, AttributeNames.Parameter, "ordering",
        "code", "is_active", "value_min", "value_max", "created_after", "created_before", "updated_after", "search",
    ];

    /// <summary>Whether the certificates look different when a hold has run out.</summary>
    public bool TellsOfHolds => (Fields & CertificateFields.OfHolds) != 0;

    /// <summary>Whether other certificates are answered then, or in another order.</summary>
    public bool IsByChange => Query.UpdatedAfter is not null || Query.Order == CertificateOrder.UpdatedAt;

    public static ListRequest Read(QueryParameters query, Currency currency, RequestErrors errors)
    {
        var (order, descending) = ReadOrdering(query, errors);
        var isInOrderOfId = (order, descending) == (CertificateOrder.Id, false);
        var page = PageRequest.Read(query, isInOrderOfId, errors);
        var fields = CertificateFieldNames.Read(query, errors);
        var certificates = new CertificateQuery
        {
            Code = query.SearchText("code", CertificateCode.MaxCharacters),
            Search = ReadSearch(query, errors),
            IsActive = query.Boolean("is_active"),
            MinFaceValue = ToMinor(query.Integer("value_min", 0, FaceValue.MaxUnits)),
            MaxFaceValue = ToMinor(query.Integer("value_max", 0, FaceValue.MaxUnits)),
            CreatedAfter = query.Instant("created_after"),
            CreatedBefore = query.Instant("created_before"),
            UpdatedAfter = query.Instant("updated_after"),
            AfterId = page.After,
            Order = order,
            Descending = descending,
            Skip = page.Skip,
            Take = page.Take,
            AllAttributes = fields.NeedAllAttributes(),
        };
        // Ids have no gaps and certificates are never deleted: what is before a page need not be walked through.
        if (page.Paging == Paging.ByNumber && !certificates.HasFilters && isInOrderOfId)
            certificates = certificates with { AfterId = certificates.Skip, Skip = 0 };
        return new ListRequest(certificates, fields, page);

        long? ToMinor(long? units) => units is { } whole ? currency.ToMinor(whole) : null;
    }

    /// <summary>A text that folds to nothing would be found in every code.</summary>
    private static string? ReadSearch(QueryParameters query, RequestErrors errors)
    {
        var text = query.SearchText("search", CertificateCode.MaxCharacters);
        if (!errors.Any && text is not null && CertificateCode.Fold(text).Length == 0)
        {
            errors.Add(
                "?search", ErrorCodes.Empty,
                "search must have a character that is compared: white space, dashes and invisible characters are not.");
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
        errors.Add("?ordering", ErrorCodes.UnknownValue, $"Known are {names}, each with - for descending.");
        return default;
    }
}
