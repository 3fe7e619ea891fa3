using System.Globalization;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Tests.Support;

/// <summary>Writes events of the past into the site <c>default</c> of a stopped server, through the real pipeline.</summary>
public sealed class PastLedger : IDisposable
{
    private readonly SimulatedClock clock = new(Instants.Start);
    private readonly IStore store;
    private readonly WritePipeline pipeline;

    /// <param name="storage">The storage setting of a server that has created the database.</param>
    public PastLedger(string storage)
    {
        store = Stores.Open(new StoreSettings(storage, "MDL", "Europe/Chisinau"), Instants.Start);
        pipeline = new WritePipeline(store, clock, new PipelineSettings());
    }

    /// <param name="rows">Commands in the syntax of <see cref="CommandText"/>.</param>
    public void At(string instant, params string[] rows)
    {
        foreach (var row in rows)
            At(instant, CommandText.Parse(row));
    }

    public void At(string instant, Command command)
    {
        clock.Now = Instant(instant);
        var outcome = pipeline.ExecuteAsync(command, CancellationToken.None).GetAwaiter().GetResult().Outcome;
        Assert.True(
            outcome is CertificatesOutcome { Verdict: CertificatesVerdict.Accepted } or RedemptionOutcome { Verdict: RedemptionVerdict.Done },
            outcome?.ToString());
    }

    public static CertificateChange Reschedule(long id, string code, string? startsAt = null, string? expiresAt = null) => new(
        id, CommandText.Code(code), IsActive: null, FaceValue: null,
        new TermsChange
        {
            StartsAt = startsAt is null ? default : Change.To<DateTimeOffset?>(Instant(startsAt)),
            ExpiresAt = expiresAt is null ? default : Change.To<DateTimeOffset?>(Instant(expiresAt)),
        });

    public static UpdateCertificates Update(params CertificateChange[] changes) =>
        new(changes) { Origin = new(Site.DefaultId, CommandText.Actor) };

    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        pipeline.Dispose();
        store.Dispose();
    }
}
