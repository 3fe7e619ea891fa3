using System.Net;
using Scrip.Bench.Http;

namespace Scrip.Bench.Load;

/// <summary>Checks random certificates, by their codes.</summary>
internal sealed class CheckRequests(RequestFactory requests, int certificates) : IRequestSource
{
    private readonly byte[] head = RequestFactory.Utf8($"POST {RequestFactory.Certificates}check/{requests.Head}");
    private readonly Random random = new(3);

    public PlannedRequest Write(Span<byte> destination)
    {
        var request = new RequestWriter(destination);
        request.Add(head);
        request.BeginBody();
        request.Add("{\"code\":\""u8);
        request.AddCode(random.Next(certificates) + 1);
        request.Add("\"}"u8);
        request.EndBody();
        return new(request.Length, HttpStatusCode.OK);
    }
}
