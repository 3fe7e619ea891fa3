namespace Scrip.Server.Http;

internal static class ListRequest
{
    /// <summary>The parameters that every list has.</summary>
    public static readonly string[] Parameters = [.. PageRequest.Parameters, AttributeNames.Parameter];
}

/// <summary>Which page of a list a call requests, and which attributes of its rows.</summary>
internal sealed record ListRequest<TRow>(PageRequest Page, Attributes<TRow>.Selection Attributes)
    where TRow : allows ref struct
{
    /// <param name="isInOrderOfId">Whether the list is in the order of ids, which paging by <c>after</c> requires.</param>
    public static ListRequest<TRow> Read(
        QueryParameters query, Attributes<TRow> attributes, RequestErrors errors, bool isInOrderOfId = true) =>
        new(PageRequest.Read(query, isInOrderOfId, errors), attributes.Read(query, errors));
}
