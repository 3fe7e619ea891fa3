using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scrip.Bench.Results;

/// <summary>The results in a form for programs, with what is needed to compare them with those of another day or machine.</summary>
internal sealed record ResultFile(DateTimeOffset TakenAt, Machine Machine, bool Quick, IReadOnlyList<Measurement> Measurements)
{
    public static void Write(FileInfo file, Machine machine, bool quick, IReadOnlyList<Measurement> measurements)
    {
        var results = new ResultFile(TimeProvider.System.GetUtcNow(), machine, quick, measurements);
        File.WriteAllBytes(file.FullName, JsonSerializer.SerializeToUtf8Bytes(results, ResultJson.Default.ResultFile));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ResultFile))]
internal sealed partial class ResultJson : JsonSerializerContext;
