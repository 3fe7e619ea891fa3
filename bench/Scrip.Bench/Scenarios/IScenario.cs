using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>One question asked of the servers, with their own stores and processes.</summary>
internal interface IScenario
{
    /// <summary>As given on the command line.</summary>
    string Name { get; }

    Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken);
}
