using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Http;

internal static class ResourceList
{
    /// <summary>The parameters that every list of resources has.</summary>
    public static readonly string[] Parameters = [.. PageRequest.Parameters, AttributeNames.Parameter];
}

/// <summary>A list of sites or tokens that the server keeps in memory, with the same paging and fields as every other list.</summary>
/// <param name="neverListed">Attributes that only the call that creates the resource returns.</param>
internal sealed class ResourceList<TResource>(JsonTypeInfo<TResource> type, Func<TResource, long> idOf, params string[] neverListed)
{
    private readonly string[] names = [.. type.Properties.Select(property => property.Name).Except(neverListed)];

    /// <param name="resources">Returns the resources in the order of their ids. Called only if the request is valid.</param>
    public IResult Answer(HttpContext context, QueryParameters query, RequestErrors errors, Func<IEnumerable<TResource>> resources)
    {
        var page = PageRequest.Read(query, isInOrderOfId: true, errors);
        var fields = AttributeNames.Read(query, names, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var all = resources().ToList();
        var shown = all.Where(resource => page.After is not { } after || idOf(resource) > after)
            .Skip((int)Math.Min(page.Skip, all.Count))
            .Take(page.Paging == Paging.None ? all.Count : page.PageSize)
            .ToList();
        if (page.Paging != Paging.None)
            AddHeaders(context, page, all, shown);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, JsonForm.Options))
        {
            json.WriteStartArray();
            shown.ForEach(resource => Write(json, resource, fields));
            json.WriteEndArray();
        }
        return new JsonResult(body.WrittenMemory);
    }

    private void AddHeaders(HttpContext context, PageRequest page, List<TResource> all, List<TResource> shown)
    {
        var links = new PageLinks(context.Request);
        if (page.Paging == Paging.ByCursor)
            links.AddWalk(shown.Count > 0 && idOf(shown[^1]) < idOf(all[^1]) ? idOf(shown[^1]) : null);
        else
            links.AddPages(page.Page, page.PageSize, all.Count);
        context.Response.Headers.Link = links.ToString();
        context.Response.Headers[ListResult.TotalCount] = all.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a resource. An attribute without a value is omitted, or null if the call names it.</summary>
    private void Write(Utf8JsonWriter json, TResource resource, IReadOnlyList<string>? fields)
    {
        if (fields is null)
        {
            JsonSerializer.Serialize(json, resource, type);
            return;
        }
        var whole = JsonSerializer.SerializeToElement(resource, type);
        json.WriteStartObject();
        foreach (var field in names.Where(fields.Contains))
        {
            json.WritePropertyName(field);
            if (whole.TryGetProperty(field, out var value))
                value.WriteTo(json);
            else
                json.WriteNullValue();
        }
        json.WriteEndObject();
    }
}
