using System.Net;

namespace Scrip.Bench.Load;

/// <summary>Creates the requests that the callers of a load send, one after another. Used by one thread.</summary>
internal interface IRequestSource
{
    /// <summary>Writes the next request.</summary>
    PlannedRequest Write(Span<byte> destination);
}

/// <param name="Expected">The expected status; any other ends the measurement.</param>
internal readonly record struct PlannedRequest(int Length, HttpStatusCode Expected);
