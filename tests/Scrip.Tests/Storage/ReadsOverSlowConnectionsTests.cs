using System.Security.Cryptography;
using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// Every read of the port, as <c>scrip serve</c> runs it: in a process whose sockets complete inline. Responses larger than any buffer
/// arrive in small pieces. A read that blocked on a thread that must receive its bytes would never end.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class ReadsOverSlowConnectionsTests
{
    private const int PieceBytes = 1_000;

    /// <summary>Far longer than a read takes on a busy machine; one that hangs takes for ever.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Reads { get; } = [.. PortReads.All.Keys];

    private static readonly Lazy<string> Storage = new(Fill);

    [Fact]
    public void Every_read_of_the_port_has_a_row_here() =>
        Assert.Equal(PortReads.NamesInPort().Order(StringComparer.Ordinal), PortReads.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_ends(string read)
    {
        var settings = new NpgsqlConnectionStringBuilder(Storage.Value);
        await using var proxy = TricklingProxy.Start(settings.Port, PieceBytes);
        settings.Host = "127.0.0.1";
        settings.Port = proxy.Port;
        var (status, errors) = await InlineSockets.RunAsync(Limit, settings.ConnectionString, read);
        Assert.True(status == 0, errors);
    }

    /// <summary>More of everything than fits into the driver's buffer of 8 KiB or a socket's.</summary>
    private static string Fill()
    {
        var database = new PostgresDatabase();
        using var store = database.Open();
        using var pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
        var mdl = Currency.FromStored("MDL");
        var now = TimeProvider.System.GetUtcNow();
        Write(Enumerable.Range(0, 300).Select(at => new CreateSite($"site-{at}", mdl, "Europe/Chisinau") { SiteId = 1, Actor = 0 }));
        Write(Enumerable.Range(0, 500).Select(at => new CreateApiToken($"token {at}", Scopes.Admin, RandomNumberGenerator.GetBytes(32), now)
        {
            SiteId = 1,
            Actor = 0,
        }));
        Write(Enumerable.Range(0, 2).Select(part => new CreateCertificates(
            [.. Enumerable.Range(0, 1_000).Select(at => new NewCertificate(CertificateCode.FromStored($"C-{part}-{at}"), IsActive: true, 100))])
        {
            SiteId = 1,
            Actor = 0,
            Batch = new NewBatch("large", BatchSource.BulkCreate, mdl),
        }));
        Write(Enumerable.Range(0, 300).Select(at => new CreateCertificates(
            [new NewCertificate(CertificateCode.FromStored($"B-{at}"), IsActive: true, 100)])
        {
            SiteId = 1,
            Actor = 0,
            Batch = new NewBatch($"batch {at}", BatchSource.BulkCreate, mdl),
        }));
        Write(Enumerable.Range(1, 1_000).Select(id => new RedeemCertificate(null, id, 1, $"order-{id}", Capture: false, now.AddDays(1))
        {
            SiteId = 1,
            Actor = 0,
        }));
        return database.Postgres.Storage;

        void Write(IEnumerable<Command> commands) =>
            Task.WhenAll(commands.Select(command => pipeline.ExecuteAsync(command, CancellationToken.None))).Wait();
    }
}
