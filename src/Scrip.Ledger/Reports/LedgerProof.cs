using System.Globalization;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger.Reports;

/// <summary>
/// Recomputes a site from its journal and names every difference: first the certificates as issued, then the entries in the order of their
/// ids, then the certificates and the redemptions as they stand, then the whole. Each is read once and not kept.
/// </summary>
/// <param name="report">Told each difference, in words for the operator.</param>
public sealed class LedgerProof(LedgerCounters counters, Action<string> report)
{
    private readonly ProvedCertificate[] certificates = new ProvedCertificate[counters.LastCertificateId + 1];
    private readonly ProvedRedemption[] redemptions = new ProvedRedemption[counters.LastRedemptionId + 1];
    private readonly NumberSet certificateIds = new(counters.LastCertificateId);
    private readonly NumberSet redemptionIds = new(counters.LastRedemptionId);
    private readonly NumberSet entryIds = new(counters.LastEntryId);
    private readonly HashSet<(long CertificateId, string Reference)> liveReferences = [];
    private Int128 issued;
    private Int128 moved;

    /// <summary>Of all certificates compared so far, in minor units.</summary>
    public Int128 Outstanding { get; private set; }

    public void Issue(Certificate certificate)
    {
        if (!certificateIds.Add(certificate.Id))
            Report(certificate.Id, $"its id is beyond the counter, or given twice");
        else if (!entryIds.Add(certificate.IssuedEntryId))
            Report(certificate.Id, $"the number of its issue in the journal, {certificate.IssuedEntryId}, is beyond the counter or in use");
        else
            certificates[certificate.Id] = new ProvedCertificate(certificate.IssuedValue, certificate.IssuedEntryId);
        issued += certificate.IssuedValue;
    }

    public void Apply(in Entry entry)
    {
        if (!entryIds.Add(entry.Id))
            Report($"Entry {entry.Id}: its id is beyond the counter or given twice.");
        if (!certificateIds.Contains(entry.CertificateId))
        {
            Report($"Entry {entry.Id}: there is no certificate {entry.CertificateId}.");
            return;
        }
        ref var certificate = ref certificates[entry.CertificateId];
        if (entry.PreviousId != certificate.LastEntryId)
            Report(entry, $"it follows entry {entry.PreviousId}; the certificate's last one is {certificate.LastEntryId}");
        var fromHold = entry.RedemptionId > 0 && ApplyToRedemption(entry);
        certificate.Apply(entry, fromHold);
        if ((entry.FaceValueAfter, entry.HeldAfter, entry.BalanceAfter) != (certificate.FaceValue, certificate.Held, certificate.Balance))
        {
            var (faceValue, held, balance) = (certificate.FaceValue, certificate.Held, certificate.Balance);
            Report(entry, $"face value, held and balance after it are not what it says, but {faceValue}, {held} and {balance}");
        }
        if (!certificate.IsSound)
            Report(entry, $"spent {certificate.Spent} and held {certificate.Held} do not fit face value {certificate.FaceValue}");
        moved += ProvedCertificate.ChangeOfOutstanding(entry);
    }

    public void Compare(Certificate certificate)
    {
        Outstanding += certificate.Outstanding;
        if (!certificateIds.Contains(certificate.Id))
            return;
        var proved = certificates[certificate.Id];
        Compare("face value", certificate.FaceValue, proved.FaceValue);
        Compare("spent", certificate.Spent, proved.Spent);
        Compare("held", certificate.Held, proved.Held);
        Compare("held by its open redemptions", proved.OpenHolds, proved.Held);
        Compare("last entry", certificate.LastEntryId, proved.LastEntryId);

        void Compare(string what, long stored, long fromEntries)
        {
            if (stored != fromEntries)
                Report(certificate.Id, $"{what} is {stored}; its entries give {fromEntries}");
        }
    }

    public void Compare(Redemption redemption)
    {
        if (!redemptionIds.Add(redemption.Id))
        {
            Report($"Redemption {redemption.Id}: its id is beyond the counter or given twice.");
            return;
        }
        var proved = redemptions[redemption.Id];
        Compare("certificate", redemption.CertificateId, proved.CertificateId);
        Compare("amount", redemption.Amount, proved.Amount);
        Compare("captured", redemption.Captured, proved.Captured);
        Compare("refunded", redemption.Refunded, proved.Refunded);
        Compare("held", redemption.Held, proved.Held);
        if (redemption.IsLive && !liveReferences.Add((redemption.CertificateId, redemption.Reference)))
            Report($"Redemption {redemption.Id}: another live one of certificate {redemption.CertificateId} has its reference.");

        void Compare(string what, long stored, long fromEntries)
        {
            if (stored != fromEntries)
                Report($"Redemption {redemption.Id}: {what} is {stored}; its entries give {fromEntries}.");
        }
    }

    /// <summary>What can be said only of all of them together.</summary>
    public void Conclude()
    {
        CompareCount("certificates", certificateIds, counters.LastCertificateId);
        CompareCount("redemptions", redemptionIds, counters.LastRedemptionId);
        CompareCount("numbers of the journal", entryIds, counters.LastEntryId);
        if (issued + moved != Outstanding)
            Report($"Outstanding is {Outstanding}; what was issued and what the entries moved give {issued + moved}.");
    }

    /// <summary>Answers whether it is a capture of what a hold had taken before.</summary>
    private bool ApplyToRedemption(in Entry entry)
    {
        if (entry.RedemptionId > counters.LastRedemptionId)
        {
            Report(entry, $"redemption {entry.RedemptionId} is beyond the counter");
            return false;
        }
        ref var redemption = ref redemptions[entry.RedemptionId];
        var fromHold = entry.Kind == EntryKind.Captured && redemption.Held > 0;
        var before = redemption.Held;
        if (!redemption.TryApply(entry))
            Report(entry, $"redemption {entry.RedemptionId} of certificate {redemption.CertificateId} does not have that to move");
        certificates[entry.CertificateId].OpenHolds += redemption.Held - before;
        return fromHold;
    }

    private void CompareCount(string what, NumberSet found, long counted)
    {
        if (found.Count != counted)
            Report($"There are {found.Count} {what}; the counter says {counted}.");
    }

    private void Report(in Entry entry, FormattableString difference) =>
        Report($"Entry {entry.Id} of certificate {entry.CertificateId}: {difference.ToString(CultureInfo.InvariantCulture)}.");

    private void Report(long certificateId, FormattableString difference) =>
        Report($"Certificate {certificateId}: {difference.ToString(CultureInfo.InvariantCulture)}.");

    private void Report(FormattableString difference) => report(difference.ToString(CultureInfo.InvariantCulture));
}
