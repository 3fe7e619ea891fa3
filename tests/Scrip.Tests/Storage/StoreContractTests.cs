using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// The contract that <see cref="IStore"/> numbers, for every adapter: an adapter only adds a class that names its database. Each file of
/// this class covers one aspect.
/// </summary>
public abstract partial class StoreContractTests : IDisposable
{
    private protected const long DefaultSite = Site.DefaultId;

    private readonly TestDatabase database;
    private IStore store;

    protected StoreContractTests(TestDatabase database)
    {
        this.database = database;
        store = database.Open();
    }

    /// <summary>For what only one adapter does.</summary>
    private protected IStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Reopen()
    {
        store.Dispose();
        store = database.Open();
    }

    /// <summary>Decides the requests as one group, commits, and returns their outcomes as text.</summary>
    private string[] Write(params string[] requests) => WriteAt(Instants.Start, DefaultSite, requests);

    private string[] WriteAt(DateTimeOffset now, long siteId, params string[] requests)
    {
        var commands = requests.Select(request => CommandText.Parse(request, siteId)).ToArray();
        return [.. Write(now, commands).Select(OutcomeText.Of)];
    }

    private static string Joined(int count, Func<int, string> item) => string.Join(' ', Enumerable.Range(1, count).Select(item));

    private object[] Write(DateTimeOffset now, params Command[] commands)
    {
        using var transaction = store.Begin(commands[0].SiteId, FootprintOf(commands), now);
        object[] outcomes = [.. commands.Select(command => command.ApplyTo(transaction.State, now).Outcome)];
        transaction.Commit();
        return outcomes;
    }

    /// <summary>Opens a second site next to the default one.</summary>
    private long OpenSite(string name)
    {
        var command = new CreateSite(name, Currency.FromStored("JPY"), "Asia/Tokyo") { Origin = new(DefaultSite, Actors.Operator) };
        return ((CreateSiteOutcome)Write(Instants.Start, command)[0]).Site!.Id;
    }

    private protected async Task<string> ListedAsync(long siteId = DefaultSite) =>
        string.Join(", ", await ListAsync(CertificateQuery.Everything, siteId));

    private async Task<List<ListedCertificate>> ListAsync(CertificateQuery query, long siteId = DefaultSite)
    {
        await using var rows = await store.QueryAsync(siteId, query with { AllAttributes = true }, CancellationToken.None);
        return await RestOf(rows);
    }

    private static async Task<List<ListedCertificate>> RestOf(IRows<CertificateRow> rows)
    {
        var listed = new List<ListedCertificate>();
        while (await rows.ReadAsync(CancellationToken.None))
            listed.Add(ListedCertificate.From(rows.Current));
        return listed;
    }

    private Task<long> CountAsync(CertificateQuery query, long siteId = DefaultSite) =>
        store.CountAsync(siteId, query, CancellationToken.None).AsTask();

    private string[] Journal(long siteId = DefaultSite) => [.. database.ReadEntries(siteId).Select(OutcomeText.Of)];

    private async Task AssertProvedAsync()
    {
        var told = new List<string>();
        Assert.True(await LedgerVerification.RunAsync(store, told.Add, CancellationToken.None) == 0, string.Join('\n', told));
    }

    private protected static Footprint FootprintOf(params Command[] commands)
    {
        var footprint = new Footprint();
        foreach (var command in commands)
            command.AddTo(footprint);
        return footprint;
    }

    private static Certificate Unchecked(long id, CertificateCode code) => new()
    {
        Id = id,
        Code = code,
        IsActive = true,
        FaceValue = 100,
        IssuedValue = 100,
        Version = 1,
        CreatedAt = Instants.Start,
        CreatedBy = CommandText.Actor,
        UpdatedAt = Instants.Start,
        IssuedEntryId = id,
        LastEntryId = id,
    };
}
