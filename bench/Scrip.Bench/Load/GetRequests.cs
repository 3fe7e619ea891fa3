using System.Net;
using Scrip.Bench.Http;

namespace Scrip.Bench.Load;

/// <summary>GET of random certificates.</summary>
internal sealed class GetRequests(RequestFactory requests, int certificates) : IRequestSource
{
    private static readonly byte[] Path = RequestFactory.Utf8($"GET {RequestFactory.Certificates}");

    private readonly byte[] tail = RequestFactory.Utf8($"/{requests.Head}\r\n");
    private readonly Random random = new(1);

    public PlannedRequest Write(Span<byte> destination)
    {
        var request = new RequestWriter(destination);
        request.Add(Path);
        request.Add(random.Next(certificates) + 1);
        request.Add(tail);
        return new(request.Length, HttpStatusCode.OK);
    }
}
