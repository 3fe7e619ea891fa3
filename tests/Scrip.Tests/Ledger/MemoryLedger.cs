using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;

namespace Scrip.Tests.Ledger;

/// <summary>
/// An in-memory database of one site, to decide long histories quickly. Like a database it gives a group what its footprint names and
/// nothing else.
/// </summary>
internal sealed class MemoryLedger
{
    private readonly Dictionary<long, Certificate> certificates = [];
    private readonly Dictionary<long, Redemption> redemptions = [];
    private readonly Dictionary<long, Batch> batches = [];
    private readonly List<Entry> entries = [];
    private long lastEntryId;

    public MemoryLedger(params Certificate[] stored)
    {
        foreach (var certificate in stored)
            certificates.Add(certificate.Id, certificate);
        lastEntryId = stored.Length;
    }

    public IReadOnlyCollection<Certificate> Certificates => certificates.Values;
    public IReadOnlyCollection<Redemption> Redemptions => redemptions.Values;
    public IReadOnlyCollection<Batch> Batches => batches.Values;
    public IReadOnlyList<Entry> Entries => entries;

    public LedgerState Begin(IEnumerable<Command> group, DateTimeOffset now)
    {
        var footprint = new Footprint();
        foreach (var command in group)
            command.AddTo(footprint);
        var lookup = new GroupLookup(footprint);
        var found = redemptions.Values.Where(redemption => IsNamed(redemption, lookup) || redemption.HasRunOut(now)).ToList();
        var withRedemptions = found.Select(redemption => redemption.CertificateId).ToHashSet();
        return new LedgerState(new LedgerContents
        {
            SiteId = Site.DefaultId,
            LastCertificateId = certificates.Count,
            LastEntryId = lastEntryId,
            LastRedemptionId = redemptions.Count,
            LastBatchId = batches.Count,
            Batches = [.. batches.Values.Where(batch => footprint.BatchIds.Contains(batch.Id))],
            Certificates =
            [
                .. certificates.Values.Where(certificate =>
                    footprint.CertificateIds.Contains(certificate.Id) || withRedemptions.Contains(certificate.Id)
                    || footprint.PaymentCodes.Contains(certificate.Code.Folded)),
            ],
            Holders = certificates.Values.Where(certificate => lookup.Codes.Contains(certificate.Code))
                .ToDictionary(certificate => certificate.Code, certificate => certificate.Id),
            Redemptions = found,
        });
    }

    public void Commit(LedgerState state)
    {
        foreach (var certificate in state.Created.Concat(state.Updated.Select(pair => pair.After)))
            certificates[certificate.Id] = certificate;
        foreach (var redemption in state.CreatedRedemptions.Concat(state.UpdatedRedemptions.Select(pair => pair.After)))
            redemptions[redemption.Id] = redemption;
        foreach (var batch in state.CreatedBatches.Concat(state.UpdatedBatches.Select(pair => pair.After)))
            batches[batch.Id] = batch;
        entries.AddRange(state.Entries);
        lastEntryId = state.LastEntryId;
    }

    private bool IsNamed(Redemption redemption, GroupLookup lookup) =>
        lookup.Footprint.RedemptionIds.Contains(redemption.Id)
        || (redemption.IsLive
            && (lookup.PaymentsById.Contains((redemption.CertificateId, redemption.Reference))
                || lookup.PaymentsByCode.Contains((certificates[redemption.CertificateId].Code.Folded, redemption.Reference))));
}
