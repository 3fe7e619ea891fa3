using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>The codes and terms that entries record. Only certificates that were renamed or rescheduled have any.</summary>
internal sealed class ProvedDetails
{
    private static readonly TermsChange Nothing = new();

    private readonly Dictionary<long, CertificateCode> codes = [];
    private readonly Dictionary<long, TermsChange> terms = [];

    /// <summary>Applies an entry. False if its detail is unreadable or does not start from what the earlier entries left.</summary>
    public bool TryApply(in Entry entry) => entry.Kind switch
    {
        EntryKind.Renamed => TryRename(entry),
        EntryKind.Rescheduled when entry.RedemptionId == 0 => TryReschedule(entry),
        _ => true,
    };

    public CertificateCode CodeOf(Certificate certificate) => codes.GetValueOrDefault(certificate.Id, certificate.Code);

    /// <summary>The terms of a certificate by its entries. Terms without an entry are taken from the stored certificate.</summary>
    public CertificateTerms TermsOf(Certificate certificate) =>
        terms.TryGetValue(certificate.Id, out var known) ? known.AppliedTo(certificate.Terms) : certificate.Terms;

    private bool TryRename(in Entry entry)
    {
        if (!EntryDetail.TryReadRenaming(entry.Detail!, out var before, out var after))
            return false;
        var follows = !codes.TryGetValue(entry.CertificateId, out var known) || known == before;
        codes[entry.CertificateId] = after;
        return follows;
    }

    private bool TryReschedule(in Entry entry)
    {
        if (!EntryDetail.TryReadRescheduling(entry.Detail!, out var before, out var after) || after == Nothing)
            return false;
        var follows = !terms.TryGetValue(entry.CertificateId, out var known) || before.After(known) == known.After(before);
        terms[entry.CertificateId] = known is null ? after : after.After(known);
        return follows;
    }
}
