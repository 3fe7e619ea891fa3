using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>A pipeline on a real database, whose writer can be held.</summary>
internal sealed class PipelineFixture : IDisposable
{
    private readonly TestDatabase database = TestStorage.IsPostgres ? new PostgresDatabase() : new SqliteDatabase();
    private readonly PipelineSettings settings;

    public PipelineFixture(PipelineSettings? settings = null, TimeProvider? time = null)
    {
        this.settings = settings ?? new PipelineSettings();
        Store = new HeldStore(database.Open());
        Pipeline = new WritePipeline(Store, time ?? TimeProvider.System, this.settings);
    }

    public TestDatabase Database => database;
    public HeldStore Store { get; private set; }
    public WritePipeline Pipeline { get; private set; }

    public Task<WriteAnswer> SendAsync(string request, string? key = null, string body = "request") =>
        SendAsync(CommandText.Parse(request, identity: key is null ? null : CommandText.Identity(key, body)));

    public Task<WriteAnswer> SendAsync(Command command) => Pipeline.ExecuteAsync(command, CancellationToken.None);

    public async Task<string> WriteAsync(string request, string? key = null, string body = "request") =>
        OutcomeText.Of((await SendAsync(request, key, body)).Outcome);

    /// <summary>Holds the writer before a first command, so that later commands wait and are taken together.</summary>
    public async Task<Task<WriteAnswer>> HoldBeforeAsync(string request)
    {
        Store.Hold();
        var first = SendAsync(request);
        await Store.ArrivalAsync();
        return first;
    }

    public async Task<string> ListedAsync() => string.Join(", ", await ListAsync());

    public async Task<List<ListedCertificate>> ListAsync()
    {
        var everything = CertificateQuery.Everything with { AllAttributes = true };
        await using var rows = await Store.Inner.QueryAsync(Site.DefaultId, everything, CancellationToken.None);
        var listed = new List<ListedCertificate>();
        while (await rows.ReadAsync(CancellationToken.None))
            listed.Add(ListedCertificate.From(rows.Current));
        return listed;
    }

    public void Restart()
    {
        Pipeline.Dispose();
        Store.Dispose();
        Store = new HeldStore(database.Open());
        Pipeline = new WritePipeline(Store, TimeProvider.System, settings);
    }

    public void Dispose()
    {
        Store.LetGo();
        Pipeline.Dispose();
        Store.Dispose();
        database.Dispose();
    }

    /// <summary>A command that passes every rule and that the schema refuses.</summary>
    public static Command Poison => new CreateCertificates([new NewCertificate(CertificateCode.FromStored(new string('x', 256)), true, 0)])
    {
        Origin = new(Site.DefaultId, CommandText.Actor),
    };
}
