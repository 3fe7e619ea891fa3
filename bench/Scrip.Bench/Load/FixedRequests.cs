using System.Net;
using Scrip.Bench.Http;

namespace Scrip.Bench.Load;

/// <summary>GET of a few addresses in turn.</summary>
internal sealed class FixedRequests(RequestFactory requests, params string[] paths) : IRequestSource
{
    private readonly byte[][] all = [.. paths.Select(requests.Get)];
    private int sent;

    public PlannedRequest Write(Span<byte> destination)
    {
        var next = all[sent++ % all.Length];
        next.CopyTo(destination);
        return new(next.Length, HttpStatusCode.OK);
    }
}
