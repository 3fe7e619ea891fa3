using Scrip.Bench.Databases;
using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Server;

namespace Scrip.Bench.Load;

/// <summary>The web server alone, under the same callers.</summary>
internal sealed class BareKestrel : IRateLimit
{
    private readonly DataFolder folder;
    private readonly ServerProcess server;
    private readonly int clients;

    private BareKestrel(DataFolder folder, ServerProcess server, int clients)
    {
        this.folder = folder;
        this.server = server;
        this.clients = clients;
    }

    public string Name => "bare Kestrel";

    public static async Task<BareKestrel> StartAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var folder = workbench.Folders.Create();
        var kestrel = new BareKestrel(
            folder, ServerProcess.Launch(workbench.Programs.BareKestrel, folder, storage: null), workbench.Scale.Clients);
        await kestrel.server.WaitUntilUpAsync(cancellationToken);
        await kestrel.RunAsync(workbench.Scale.WarmUp, cancellationToken);
        return kestrel;
    }

    public Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var requests = new GetRequests(server.Requests, certificates: 100_000);
        return Task.FromResult(ClosedLoop.Run(server, clients, requests, duration, cancellationToken).RequestsPerSecond);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }
}
