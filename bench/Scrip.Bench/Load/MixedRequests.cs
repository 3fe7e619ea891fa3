using Scrip.Bench.Http;

namespace Scrip.Bench.Load;

/// <summary>What a shop's checkout and back office send together: 80 % get, 10 % check, 8 % redeem, 2 % put.</summary>
internal sealed class MixedRequests(RequestFactory requests, int certificates) : IRequestSource
{
    private readonly GetRequests gets = new(requests, certificates);
    private readonly CheckRequests checks = new(requests, certificates);
    private readonly RedeemRequests redemptions = new(requests, certificates);
    private readonly PutRequests puts = new(requests, certificates);
    private readonly Random random = new(5);

    public PlannedRequest Write(Span<byte> destination)
    {
        IRequestSource next = random.Next(100) switch
        {
            < 80 => gets,
            < 90 => checks,
            < 98 => redemptions,
            _ => puts,
        };
        return next.Write(destination);
    }
}
