using System.Net;
using Scrip.Bench.Http;

namespace Scrip.Bench.Load;

/// <summary>Redemptions of 1.00 of random certificates, each with its own key and order number.</summary>
/// <param name="certificates">With 1, all callers spend the same certificate.</param>
internal sealed class RedeemRequests(RequestFactory requests, int certificates) : IRequestSource
{
    private static int sources;

    private readonly byte[] head = RequestFactory.Utf8($"POST {RequestFactory.Certificates}redemption/{requests.Head}Idempotency-Key: ");
    private readonly Random random = new(4);

    // Several sources may send to one store, so no two in this process create the same key.
    private readonly long source = ++sources;
    private long made;

    public PlannedRequest Write(Span<byte> destination)
    {
        made++;
        var request = new RequestWriter(destination);
        request.Add(head);
        request.AddKey((ulong)(source << 32 | made));
        request.Add("\r\n"u8);
        request.BeginBody();
        request.Add("{\"certificate_id\":"u8);
        request.Add(random.Next(certificates) + 1);
        request.Add(",\"amount\":\"1.00\",\"reference\":\"B"u8);
        request.Add(source);
        request.Add("-"u8);
        request.Add(made);
        request.Add("\"}"u8);
        request.EndBody();
        return new(request.Length, HttpStatusCode.Created);
    }
}
