using BenchmarkDotNet.Attributes;
using Scrip.Bench.Databases;
using Scrip.Bench.Server;
using Scrip.Ledger.Certificates;
using Scrip.Storage.Pipeline;
using Scrip.Storage.Sqlite;

namespace Scrip.Bench.Micro;

/// <summary>64 updates of one certificate each, sent at the same moment: one group of the pipeline, or two, with their commits.</summary>
public class WriteGroups : IDisposable
{
    private const int Writes = 64;
    private const int Stored = 10_000;

    private DataFolders folders = null!;
    private SqliteStore store = null!;
    private WritePipeline pipeline = null!;
    private int round;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        folders = new DataFolders(Repository.Find().ArtifactsPath);
        store = SqliteStore.Open(new($"Data Source={folders.Create().File("store.db")}", "USD", "UTC"), Specimens.Now);
        pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
        await pipeline.ExecuteAsync(Specimens.Create(Stored), CancellationToken.None);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        pipeline.Dispose();
        store.Dispose();
        folders.Dispose();
    }

    [Benchmark(Description = "64 updates through the pipeline on SQLite, each", OperationsPerInvoke = Writes)]
    public Task WriteAsync()
    {
        round++;
        var answers = new Task<WriteAnswer>[Writes];
        for (var at = 0; at < Writes; at++)
            answers[at] = pipeline.ExecuteAsync(UpdateOf(round * Writes + at), CancellationToken.None);
        return Task.WhenAll(answers);
    }

    private static UpdateCertificates UpdateOf(int write) => Specimens.Update(write % Stored + 1, 1, round: write / Stored + 1);
}
