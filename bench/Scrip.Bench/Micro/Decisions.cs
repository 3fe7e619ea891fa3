using BenchmarkDotNet.Attributes;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Bench.Micro;

/// <summary>The rules alone: loaded rows in, changes out.</summary>
public class Decisions
{
    private const int Items = 1_000;

    private readonly LedgerState empty = Specimens.Empty();
    private readonly LedgerState loaded = Specimens.Loaded(Items);
    private readonly CreateCertificates creation = Specimens.Create(Items);
    private readonly UpdateCertificates updateOfOne = Specimens.Update(1, 1, round: 1);
    private readonly UpdateCertificates update = Specimens.Update(1, Items, round: 1);

    [Benchmark(Description = "decide an update of one")]
    public object UpdateOne() => updateOfOne.Decide(loaded, Specimens.Now).Outcome;

    [Benchmark(Description = "decide an update of 1,000, each", OperationsPerInvoke = Items)]
    public object UpdateMany() => update.Decide(loaded, Specimens.Now).Outcome;

    [Benchmark(Description = "decide a creation of 1,000, each", OperationsPerInvoke = Items)]
    public object CreateMany() => creation.Decide(empty, Specimens.Now).Outcome;
}
