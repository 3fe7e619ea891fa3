using System.Net;
using Scrip.Bench.Certificates;
using Scrip.Bench.Http;

namespace Scrip.Bench.Load;

/// <summary>PUT of random certificates. The code stays and the value changes.</summary>
internal sealed class PutRequests(RequestFactory requests, int certificates) : IRequestSource
{
    private static readonly byte[] Path = RequestFactory.Utf8($"PUT {RequestFactory.Certificates}");

    private readonly byte[] head = RequestFactory.Utf8($"/{requests.Head}");
    private readonly Random random = new(2);

    public PlannedRequest Write(Span<byte> destination)
    {
        var id = random.Next(certificates) + 1;
        var request = new RequestWriter(destination);
        request.Add(Path);
        request.Add(id);
        request.Add(head);
        request.BeginBody();
        request.Add("{\"code\":\""u8);
        request.AddCode(id);
        request.Add("\",\"value\":"u8);
        request.Add(FaceValues.Next(random));
        request.Add("}"u8);
        request.EndBody();
        return new(request.Length, HttpStatusCode.OK);
    }
}
