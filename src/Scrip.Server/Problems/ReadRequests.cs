using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Problems;

internal static class ReadRequests
{
    /// <summary>Whether the request can store nothing. Problems of such a request do not say that nothing was stored.</summary>
    public static bool IsRead(this HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
