using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>How a list is divided into pages.</summary>
internal enum Paging
{
    /// <summary>Not at all: the whole list is streamed.</summary>
    None,

    /// <summary>By <c>page</c> and <c>page_size</c>.</summary>
    ByNumber,

    /// <summary>By <c>after</c>: from an id on, at the same cost for every page.</summary>
    ByCursor,
}

/// <summary>Which part of a list a call requests.</summary>
/// <param name="After">The id after which the page begins; null without a cursor.</param>
internal sealed record PageRequest(Paging Paging, long Page, int PageSize, long? After)
{
    public const int DefaultPageSize = 100;
    public const int MaxPageSize = 5000;

    /// <summary>Far more pages than there can be, and far from an overflow.</summary>
    public const long MaxPage = long.MaxValue / MaxPageSize;

    public static readonly string[] Parameters = ["page", "page_size", "after"];

    public long Skip => Paging == Paging.ByNumber ? (Page - 1) * PageSize : 0;

    /// <summary>
    /// The number of rows to read; null for all. Paging by cursor reads one more, which tells whether there is a next page.
    /// </summary>
    public long? Take => Paging switch { Paging.None => null, Paging.ByNumber => PageSize, Paging.ByCursor => PageSize + 1 };

    /// <summary>
    /// Whether the response has the number of rows of all pages. Counting the matches of a filter costs as much as the whole list, and a
    /// walk by <c>after</c> must not pay that on every page.
    /// </summary>
    /// <param name="isQuick">Whether counting is cheap compared to reading a page of rows.</param>
    public bool IsCounted(bool isQuick) => Paging == Paging.ByNumber || (Paging == Paging.ByCursor && isQuick);

    /// <param name="isInOrderOfId">Whether the list is in the order of ids, which paging by <c>after</c> requires.</param>
    public static PageRequest Read(QueryParameters query, bool isInOrderOfId, RequestErrors errors)
    {
        var page = query.Integer("page", 1, MaxPage);
        var pageSize = (int?)query.Integer("page_size", 1, MaxPageSize);
        var after = query.Integer("after", 0, long.MaxValue);
        if (after is not null && page is not null)
            errors.Add("?after", ErrorCodes.NotAllowed, "after and page cannot be combined.");
        if (after is not null && !isInOrderOfId)
            errors.Add("?after", ErrorCodes.NotAllowed, "after follows the order of id; omit ordering.");
        var paging = after is not null ? Paging.ByCursor : page is not null || pageSize is not null ? Paging.ByNumber : Paging.None;
        return new PageRequest(paging, page ?? 1, pageSize ?? DefaultPageSize, after);
    }
}
