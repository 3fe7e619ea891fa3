using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Scrip.Server.Http;

/// <summary>
/// Adds HEAD to every GET endpoint, with the same response without a body (RFC 9110, 9.1 and 9.3.2). The GET handler runs, and Kestrel
/// omits the body that it writes.
/// </summary>
internal static class HeadRequests
{
    public static TBuilder WithHead<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { } own && own.HttpMethods.Contains(HttpMethods.Get))
                endpoint.Metadata.Add(new HttpMethodMetadata([.. own.HttpMethods, HttpMethods.Head]));
        });
        return builder;
    }
}
