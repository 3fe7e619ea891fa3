using System.Net;

namespace Scrip.Bench.Load;

/// <summary>What the callers of a load send, one request after another. Used by one thread.</summary>
internal interface IRequestSource
{
    /// <summary>Writes the next request.</summary>
    PlannedRequest Write(Span<byte> destination);
}

/// <param name="Expected">Any other status ends the measurement.</param>
internal readonly record struct PlannedRequest(int Length, HttpStatusCode Expected);
