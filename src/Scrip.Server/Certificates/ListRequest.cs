using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Problems;
using Scrip.Server.Requests;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>How a list is cut into pages.</summary>
internal enum Paging
{
    /// <summary>Not at all: everything, streamed.</summary>
    None,

    /// <summary>By <c>page</c> and <c>page_size</c>.</summary>
    ByNumber,

    /// <summary>By <c>after</c>: from an id on, at the same cost on every page.</summary>
    ByCursor,
}

/// <summary>What a list call asks for.</summary>
internal sealed record ListRequest(CertificateQuery Query, CertificateFields Fields, Paging Paging, long Page, int PageSize)
{
    public const int DefaultPageSize = 100;
    public const int MaxPageSize = 5000;

    /// <summary>Far past any page there can be, and far from an overflow.</summary>
    public const long MaxPage = long.MaxValue / MaxPageSize;

    private static readonly (string Name, CertificateOrder Order)[] Orders =
    [
        ("id", CertificateOrder.Id),
        ("code", CertificateOrder.Code),
        ("value", CertificateOrder.Value),
        ("created_at", CertificateOrder.CreatedAt),
        ("updated_at", CertificateOrder.UpdatedAt),
    ];

    public static IEnumerable<string> KnownOrders => Orders.SelectMany(known => new[] { known.Name, '-' + known.Name });

    public static readonly string[] Parameters =
    [
        "page", "page_size", "after", CertificateFieldNames.Parameter, "ordering",
        "code", "is_active", "value_min", "value_max", "created_after", "created_before", "updated_after", "search",
    ];

    public static ListRequest Read(QueryParameters query, Currency currency, RequestErrors errors)
    {
        var page = query.Integer("page", 1, MaxPage);
        var pageSize = (int?)query.Integer("page_size", 1, MaxPageSize);
        var after = query.Integer("after", 0, long.MaxValue);
        var (order, descending) = ReadOrdering(query, errors);
        if (after is not null && page is not null)
            errors.Add("?after", ErrorCodes.NotAllowed, "after and page are two ways to walk a list; take one.");
        if (after is not null && (order, descending) != (CertificateOrder.Id, false))
            errors.Add("?after", ErrorCodes.NotAllowed, "after walks in the order of id; leave ordering out.");

        var paging = after is not null ? Paging.ByCursor : page is not null || pageSize is not null ? Paging.ByNumber : Paging.None;
        var size = pageSize ?? DefaultPageSize;
        var certificates = new CertificateQuery
        {
            Code = query.SearchText("code"),
            Search = query.SearchText("search"),
            IsActive = query.Boolean("is_active"),
            MinFaceValue = ToMinor(query.Integer("value_min", 0, FaceValue.MaxUnits)),
            MaxFaceValue = ToMinor(query.Integer("value_max", 0, FaceValue.MaxUnits)),
            CreatedAfter = query.Instant("created_after"),
            CreatedBefore = query.Instant("created_before"),
            UpdatedAfter = query.Instant("updated_after"),
            AfterId = after,
            Order = order,
            Descending = descending,
            Skip = paging == Paging.ByNumber ? ((page ?? 1) - 1) * size : 0,
            // A walk looks one further, to know whether there is a next page.
            Take = paging switch { Paging.None => null, Paging.ByNumber => size, Paging.ByCursor => size + 1 },
        };
        // Ids have no gaps and certificates are never deleted: what is before a page need not be walked through.
        if (paging == Paging.ByNumber && !certificates.HasFilters && (order, descending) == (CertificateOrder.Id, false))
            certificates = certificates with { AfterId = certificates.Skip, Skip = 0 };
        return new ListRequest(certificates, CertificateFieldNames.Read(query, errors), paging, page ?? 1, size);

        long? ToMinor(long? units) => units is { } whole ? currency.ToMinor(whole) : null;
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
