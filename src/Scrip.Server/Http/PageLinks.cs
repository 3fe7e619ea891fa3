using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Scrip.Server.Http;

/// <summary>
/// Creates the header <c>Link</c> (RFC 8288). Its targets are relative to the request and consist of a query only, so that they keep the
/// caller's own path, whatever prefix a proxy in front of the server uses. They repeat the request's other parameters.
/// </summary>
internal sealed class PageLinks(HttpRequest request)
{
    private readonly List<string> links = [];

    public void AddPages(long page, int pageSize, long total)
    {
        var last = Math.Max(1, (total + pageSize - 1) / pageSize);
        Add("first", "page", 1);
        if (page > 1)
            Add("prev", "page", Math.Min(page - 1, last));
        if (page < last)
            Add("next", "page", page + 1);
        Add("last", "page", last);
    }

    public void AddWalk(long? nextAfter)
    {
        Add("first", "after", 0);
        if (nextAfter is { } after)
            Add("next", "after", after);
    }

    public override string ToString() => string.Join(", ", links);

    private void Add(string relation, string parameter, long value)
    {
        var query = new QueryBuilder { { parameter, value.ToString(CultureInfo.InvariantCulture) } };
        foreach (var (name, values) in request.Query)
        {
            if (name != parameter)
                query.Add(name, values.ToString());
        }
        links.Add($"<{query}>; rel=\"{relation}\"");
    }
}
