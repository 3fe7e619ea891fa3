using System.Globalization;
using Scrip.Ledger;
using Scrip.Ledger.Reports;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Reports;

/// <summary>Proves the ledgers of all sites from their entries, each in one committed state.</summary>
public static class LedgerVerification
{
    /// <summary>Returns the number of differences.</summary>
    /// <param name="report">Receives each difference, with its site, and one line about each site.</param>
    public static async Task<int> RunAsync(ILedgerReader store, Action<string> report, CancellationToken cancellationToken)
    {
        var differences = 0;
        foreach (var site in (await store.ReadAccessAsync(cancellationToken)).Sites)
        {
            var before = differences;
            var (counters, outstanding) = await ProveAsync(store, site.Id, site.Currency, Tell, cancellationToken);
            var found = differences - before;
            report(string.Create(
                CultureInfo.InvariantCulture,
                $"site {site.Name}: certificates {counters.LastCertificateId}, redemptions {counters.LastRedemptionId}, journal "
                + $"{counters.LastEntryId}, outstanding {AmountText(outstanding, site.Currency)}; "
                + $"{(found == 0 ? "no difference from the journal" : $"differences {found}")}"));

            void Tell(string difference)
            {
                differences++;
                report($"site {site.Name}: {difference}");
            }
        }
        return differences;
    }

    /// <summary>Proves one site.</summary>
    /// <param name="tell">Receives each difference.</param>
    public static async Task<(LedgerCounters Counters, Int128 Outstanding)> ProveAsync(
        ILedgerReader store, long siteId, Currency currency, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var snapshot = await store.OpenSnapshotAsync(siteId, cancellationToken);
        var counters = await snapshot.ReadCountersAsync(cancellationToken);
        var proof = new LedgerProof(counters, currency, tell);
        await WalkAsync(await snapshot.ReadCertificatesAsync(cancellationToken), proof.Issue, cancellationToken);
        await WalkAsync(await snapshot.ReadBatchesAsync(cancellationToken), proof.Compare, cancellationToken);
        await WalkAsync(await snapshot.ReadEntriesAsync(cancellationToken), entry => proof.Apply(entry), cancellationToken);
        await WalkAsync(await snapshot.ReadRedemptionsAsync(cancellationToken), proof.Compare, cancellationToken);
        await WalkAsync(await snapshot.ReadCertificatesAsync(cancellationToken), proof.Compare, cancellationToken);
        await WalkAsync(await snapshot.ReadFoldedCodesAsync(cancellationToken), proof.Compare, cancellationToken);
        proof.Conclude();
        return (counters, proof.Outstanding);
    }

    private static string AmountText(Int128 minor, Currency currency) => currency.IsKnown
        ? $"{Amounts.Text(minor, currency)} {currency.Code}"
        : string.Create(CultureInfo.InvariantCulture, $"{minor} minor units of {currency.Code}, which this version does not know");

    private static async Task WalkAsync<TRow>(IRows<TRow> walked, Action<TRow> visit, CancellationToken cancellationToken)
    {
        await using var rows = walked;
        while (await rows.ReadAsync(cancellationToken))
            visit(rows.Current);
    }
}
