using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Tests.Ledger;

/// <summary>
/// What a database holds of one site, kept in memory, to decide long histories quickly. Like a database it hands a group what its footprint
/// names and nothing else.
/// </summary>
internal sealed class MemoryLedger
{
    private readonly Dictionary<long, Certificate> certificates = [];
    private readonly List<Entry> entries = [];
    private long lastEntryId;

    public MemoryLedger(params Certificate[] stored)
    {
        foreach (var certificate in stored)
            certificates.Add(certificate.Id, certificate);
        lastEntryId = stored.Length;
    }

    public IReadOnlyCollection<Certificate> Certificates => certificates.Values;
    public IReadOnlyList<Entry> Entries => entries;

    public LedgerState Begin(IEnumerable<Command> group)
    {
        var footprint = new Footprint();
        foreach (var command in group)
            command.AddTo(footprint);
        return new LedgerState(new LedgerContents
        {
            SiteId = Site.DefaultId,
            LastCertificateId = certificates.Count,
            LastEntryId = lastEntryId,
            Certificates = [.. certificates.Values.Where(certificate => footprint.CertificateIds.Contains(certificate.Id))],
            Holders = certificates.Values.Where(certificate => footprint.Codes.Contains(certificate.Code))
                .ToDictionary(certificate => certificate.Code, certificate => certificate.Id),
        });
    }

    public void Commit(LedgerState state)
    {
        foreach (var certificate in state.Created.Concat(state.Updated.Select(pair => pair.After)))
            certificates[certificate.Id] = certificate;
        entries.AddRange(state.Entries);
        lastEntryId = state.LastEntryId;
    }
}
