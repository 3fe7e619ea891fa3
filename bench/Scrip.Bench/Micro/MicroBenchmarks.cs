using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Measurement = Scrip.Bench.Results.Measurement;

namespace Scrip.Bench.Micro;

/// <summary>The time and memory of the hot paths, without a server around them.</summary>
internal static class MicroBenchmarks
{
    public const string Name = "micro";

    private static readonly Type[] Classes = [typeof(Decisions), typeof(JsonBodies), typeof(WriteGroups)];

    public static IReadOnlyList<Measurement> Run(string artifactsPath, bool quick)
    {
        var config = ManualConfig.CreateEmpty()
            // Another process would have to be built, and would need the settings of this one.
            .AddJob((quick ? Job.Dry : Job.Default.WithWarmupCount(5).WithIterationCount(10)).WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(artifactsPath, Name));
        var measurements = new List<Measurement>();
        foreach (var type in Classes)
        {
            Console.Error.WriteLine($"{Name}: {type.Name}");
            foreach (var report in BenchmarkRunner.Run(type, config).Reports)
                measurements.AddRange(Measure(report));
        }
        return measurements;
    }

    private static IEnumerable<Measurement> Measure(BenchmarkReport report)
    {
        var name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        if (report.ResultStatistics is not { } time || report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is not { } bytes)
            throw new BenchException($"\"{name}\" came to no result.");
        yield return new(Name, "", name, "ns", time.OriginalValues) { LessIsBetter = true };
        yield return new(Name, "", $"{name}, allocated", "bytes", [bytes]) { LessIsBetter = true };
    }
}
