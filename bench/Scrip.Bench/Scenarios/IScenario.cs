using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>One question about the servers, with its own stores and processes.</summary>
internal interface IScenario
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken);
}
