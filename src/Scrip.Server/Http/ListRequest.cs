using Scrip.Server.Problems;

namespace Scrip.Server.Http;

internal static class ListRequest
{
    /// <summary>The parameters that every list of rows has.</summary>
    public static readonly string[] Parameters = [.. PageRequest.Parameters, .. FileForm.Parameters, AttributeNames.Parameter];
}

/// <summary>Which page of a list a call requests, which attributes of its rows, and in which form.</summary>
/// <param name="File">Null for JSON.</param>
internal sealed record ListRequest<TRow>(PageRequest Page, Attributes<TRow>.Selection Attributes, FileForm? File)
    where TRow : allows ref struct
{
    /// <param name="isInOrderOfId">Whether the list is in the order of ids, which paging by <c>after</c> requires.</param>
    public static ListRequest<TRow> Read(
        QueryParameters query, Attributes<TRow> attributes, RequestErrors errors, bool isInOrderOfId = true)
    {
        var file = FileForm.Read(query, errors);
        var page = PageRequest.Read(query, isInOrderOfId, errors);
        if (file is null)
            return new(page, attributes.Read(query, errors), File: null);
        foreach (var named in PageRequest.Parameters.Where(parameter => query.Text(parameter) is not null))
            errors.Add($"?{named}", ErrorCodes.NotAllowed, "A file has the whole list. Leave the page out, or take json.");
        return new(page, attributes.ReadForFile(query, errors), file);
    }
}
