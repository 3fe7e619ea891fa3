using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scrip.Bench.Results;

/// <summary>The results for programs, with what is needed to compare them with those of another day or machine.</summary>
internal sealed record ResultFile(DateTimeOffset TakenAt, string Processor, int Cores, bool Quick, IReadOnlyList<Measurement> Measurements)
{
    public static void Write(FileInfo file, bool quick, IReadOnlyList<Measurement> measurements)
    {
        var results = new ResultFile(TimeProvider.System.GetUtcNow(), FindProcessor(), Environment.ProcessorCount, quick, measurements);
        File.WriteAllBytes(file.FullName, JsonSerializer.SerializeToUtf8Bytes(results, ResultJson.Default.ResultFile));
    }

    private static string FindProcessor()
    {
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(": ")[1] ?? "unknown";
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ResultFile))]
internal sealed partial class ResultJson : JsonSerializerContext;
