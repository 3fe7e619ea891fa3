using Scrip.Bench.Databases;

namespace Scrip.Bench.Server;

/// <summary>A program under test on its own store.</summary>
internal sealed class Contender : IAsyncDisposable
{
    private readonly ServerProgram program;

    private Contender(ServerProgram program, Store store)
    {
        this.program = program;
        Store = store;
        Server = Launch();
    }

    public Store Store { get; }

    public ServerProcess Server { get; private set; }

    public BulkCalls Bulk => new(Server);

    /// <summary>Starts it on an empty store and lets it create the given number of certificates.</summary>
    public static async Task<Contender> StartAsync(
        Workbench workbench, ServerProgram program, int certificates, CancellationToken cancellationToken)
    {
        var store = await workbench.CreateStoreAsync(cancellationToken);
        var contender = new Contender(program, store);
        try
        {
            await contender.Server.WaitUntilUpAsync(cancellationToken);
            if (certificates > 0)
            {
                Console.Error.WriteLine($"  {program.Name} on {workbench.Database.Name}: creating {certificates:N0} certificates");
                await contender.Bulk.FillAsync(certificates, cancellationToken);
                await contender.SettleAsync(cancellationToken);
            }
            return contender;
        }
        catch
        {
            await contender.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another process on the same store.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Server.DisposeAsync();
        Server = Launch();
        await Server.WaitUntilUpAsync(cancellationToken);
    }

    /// <summary>Lets the database do now what it would otherwise do within minutes, in the middle of a turn.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => Store.SettleAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Store.DisposeAsync();
    }

    private ServerProcess Launch() => ServerProcess.Launch(program, Store.Folder, Store.Setting);
}
