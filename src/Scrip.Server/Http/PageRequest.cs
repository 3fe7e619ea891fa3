using Scrip.Server.Problems;

namespace Scrip.Server.Http;

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

/// <summary>Which part of a list a call asks for.</summary>
/// <param name="After">The id after which a walk goes on; null without one.</param>
internal sealed record PageRequest(Paging Paging, long Page, int PageSize, long? After)
{
    public const int DefaultPageSize = 100;
    public const int MaxPageSize = 5000;

    /// <summary>Far past any page there can be, and far from an overflow.</summary>
    public const long MaxPage = long.MaxValue / MaxPageSize;

    public static readonly string[] Parameters = ["page", "page_size", "after"];

    public long Skip => Paging == Paging.ByNumber ? (Page - 1) * PageSize : 0;

    /// <summary>A walk looks one further, to know whether there is a next page.</summary>
    public long? Take => Paging switch { Paging.None => null, Paging.ByNumber => PageSize, Paging.ByCursor => PageSize + 1 };

    /// <param name="isInOrderOfId">Whether the list is in the order in which a walk goes.</param>
    public static PageRequest Read(QueryParameters query, bool isInOrderOfId, RequestErrors errors)
    {
        var page = query.Integer("page", 1, MaxPage);
        var pageSize = (int?)query.Integer("page_size", 1, MaxPageSize);
        var after = query.Integer("after", 0, long.MaxValue);
        if (after is not null && page is not null)
            errors.Add("?after", ErrorCodes.NotAllowed, "after and page are two ways to walk a list; take one.");
        if (after is not null && !isInOrderOfId)
            errors.Add("?after", ErrorCodes.NotAllowed, "after walks in the order of id; leave ordering out.");
        var paging = after is not null ? Paging.ByCursor : page is not null || pageSize is not null ? Paging.ByNumber : Paging.None;
        return new PageRequest(paging, page ?? 1, pageSize ?? DefaultPageSize, after);
    }
}
