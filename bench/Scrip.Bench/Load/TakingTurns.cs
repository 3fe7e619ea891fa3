namespace Scrip.Bench.Load;

/// <summary>Requests of several sources in turn.</summary>
internal sealed class TakingTurns(IReadOnlyList<IRequestSource> sources) : IRequestSource
{
    private int sent;

    public PlannedRequest Write(Span<byte> destination) => sources[sent++ % sources.Count].Write(destination);
}
