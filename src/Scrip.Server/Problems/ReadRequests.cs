using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Problems;

internal static class ReadRequests
{
    /// <summary>Whether there is nothing that the request could store: its problems do not say that nothing was stored.</summary>
    public static bool IsRead(this HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
