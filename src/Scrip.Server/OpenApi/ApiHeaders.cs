using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Scrip.Server.OpenApi;

/// <summary>The headers of answers, each described once.</summary>
internal static class ApiHeaders
{
    public const string Accept = "Accept";
    public const string AcceptEncoding = "Accept-Encoding";
    public const string AcceptPatch = "Accept-Patch";
    public const string Allow = "Allow";
    public const string ETag = "ETag";
    public const string IdempotentReplayed = "Idempotent-Replayed";
    public const string Link = "Link";
    public const string NoStore = "Cache-Control";
    public const string Revalidate = "Cache-Control-Revalidate";
    public const string RetryAfter = "Retry-After";
    public const string TotalCount = "X-Total-Count";
    public const string WwwAuthenticate = "WWW-Authenticate";

    /// <summary>New ones with each document, which takes hold of what is put into it.</summary>
    public static Dictionary<string, IOpenApiHeader> All() => new()
    {
        [Accept] = Text("What the call takes. Absent where it is the Content-Encoding that cannot be taken.", "application/json"),
        [AcceptEncoding] = Text("identity: the body must have no Content-Encoding. Absent where it has none.", "identity"),
        [AcceptPatch] = Text(
            "What PATCH takes (RFC 5789, 3.1). Absent where the Content-Encoding is the reason.",
            "application/json, application/merge-patch+json"),
        [Allow] = Text("The methods of the path (RFC 9110, 10.2.1).", "GET, HEAD, PATCH, PUT"),
        [ETag] = Text("The certificate's version in quotes (RFC 9110, 8.8.3).", "\"1\""),
        [IdempotentReplayed] = Text("true: this is the answer of an earlier request with this key. Otherwise absent.", "true"),
        [Link] = Text(
            "The other pages (RFC 8288): first, prev, next and last with page; first and next with after. Each target is relative to the "
            + "address of this request and has its other parameters. Absent without paging.",
            "<?after=0&page_size=100>; rel=\"first\", <?after=100&page_size=100>; rel=\"next\""),
        [NoStore] = Text("no-store.", "no-store"),
        [Revalidate] = Text(
            "private, no-cache: only the caller may keep it, and must ask with If-None-Match before using it again.", "private, no-cache"),
        [RetryAfter] = Number("Seconds to wait before another try.", 1),
        [TotalCount] = Number("The items on all pages together. Absent without paging, and from pages by after that have a filter.", 2),
        [WwwAuthenticate] = Text("Bearer.", "Bearer"),
    };

    /// <summary>The name on the wire, where two descriptions stand for one header.</summary>
    public static string NameOf(string header) => header == Revalidate ? NoStore : header;

    private static OpenApiHeader Text(string description, string example) =>
        new() { Description = description, Schema = Schemas.Text(), Example = JsonValue.Create(example) };

    private static OpenApiHeader Number(string description, long example) =>
        new() { Description = description, Schema = Schemas.Integer(least: 0), Example = JsonValue.Create(example) };
}
