using System.Globalization;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger.Reports;

/// <summary>
/// Recomputes a site from its journal and reports every difference. It takes the certificates as issued, the batches and the entries, each
/// in the order of their ids, then the current redemptions and certificates, and finally concludes. Each is read once and not kept.
/// <para>
/// Some things have no entry and are not compared: references and reasons, actors, idempotency records, the attributes with which a
/// certificate was issued, and the end of a hold that ended earlier and was never moved (docs/operating/README.md).
/// </para>
/// </summary>
/// <param name="currency">The site's currency. Values in units of a currency that this version does not know are not compared.</param>
/// <param name="report">Receives each difference, in words for the operator.</param>
public sealed class LedgerProof(LedgerCounters counters, Currency currency, Action<string> report)
{
    private readonly ProvedCertificate[] certificates = new ProvedCertificate[counters.LastCertificateId + 1];
    private readonly ProvedRedemption[] redemptions = new ProvedRedemption[counters.LastRedemptionId + 1];
    private readonly NumberSet certificateIds = new(counters.LastCertificateId);
    private readonly NumberSet foundByCode = new(counters.LastCertificateId);
    private readonly NumberSet redemptionIds = new(counters.LastRedemptionId);
    private readonly NumberSet entryIds = new(counters.LastEntryId);
    private readonly HashSet<(long CertificateId, string Reference)> liveReferences = [];
    private readonly ProvedDetails details = new();
    private Entry before;
    private Batch? lastBatch;
    private Int128 issued;
    private Int128 moved;

    /// <summary>The outstanding amount of all certificates compared so far, in minor units.</summary>
    public Int128 Outstanding { get; private set; }

    public void Issue(Certificate certificate)
    {
        if (!certificateIds.Add(certificate.Id))
            Report(certificate.Id, $"its id is beyond the counter or used twice");
        else if (!entryIds.Add(certificate.IssuedEntryId))
            Report(certificate.Id, $"the number of its issue in the journal, {certificate.IssuedEntryId}, is beyond the counter or in use");
        else
            certificates[certificate.Id] = new(certificate.IssuedValue, certificate.IssuedEntryId, certificate.CreatedAt.UtcDateTime);
        issued += certificate.IssuedValue;
    }

    /// <summary>After all issues and before any entry, in the order of the ids.</summary>
    public void Compare(Batch batch)
    {
        if (batch.Id != (lastBatch?.Id ?? 0) + 1)
            Report($"Batch {batch.Id}: the one before it is {lastBatch?.Id ?? 0}.");
        if (batch.FirstCertificateId <= (lastBatch?.LastCertificateId ?? 0))
            Report($"Batch {batch.Id}: certificates of it belong to batch {lastBatch?.Id}, too.");
        lastBatch = batch;
        Int128 value = 0;
        for (var id = batch.FirstCertificateId; id <= batch.LastCertificateId; id++)
        {
            if (!certificateIds.Contains(id) || certificates[id].IssuedAt != batch.CreatedAt.UtcDateTime)
            {
                Report($"Batch {batch.Id}: certificate {id} is not there, or was made at another time.");
                return;
            }
            value += certificates[id].FaceValue;
        }
        if (currency.IsKnown && value != (Int128)batch.Units * currency.MinorUnitsPerUnit)
            Report($"Batch {batch.Id}: its value is {batch.Units}; its certificates were issued for {value} minor units.");
    }

    public void Apply(in Entry entry)
    {
        if (!entryIds.Add(entry.Id))
            Report($"Entry {entry.Id}: its id is beyond the counter or used twice.");
        if (!certificateIds.Contains(entry.CertificateId))
        {
            Report($"Entry {entry.Id}: certificate {entry.CertificateId} is missing.");
            return;
        }
        if (!EntryShape.IsSound(entry))
        {
            Report(entry, $"its kind, amount, redemption and detail contradict each other");
            return;
        }
        ref var certificate = ref certificates[entry.CertificateId];
        if (entry.PreviousId != certificate.LastEntryId)
            Report(entry, $"it follows entry {entry.PreviousId}; the certificate's last one is {certificate.LastEntryId}");
        var continuation = EntryShape.ContinuationOf(before, entry);
        Change(ref certificate, entry, continuation);
        Move(ref certificate, entry, continuation);
        before = entry;
    }

    /// <summary>Compares a redemption. Call it after all entries: the stored redemption can tell how many writes left them.</summary>
    public void Compare(Redemption redemption)
    {
        if (!redemptionIds.Add(redemption.Id))
        {
            Report($"Redemption {redemption.Id}: its id is beyond the counter or used twice.");
            return;
        }
        var proved = redemptions[redemption.Id];
        if (proved.MayBeReleased && redemption.State == RedemptionState.Released)
            certificates[proved.CertificateId].CountChange(Continuation.No);
        else
            Compare("state", redemption.State, proved.State);
        Compare("certificate", redemption.CertificateId, proved.CertificateId);
        Compare("amount", redemption.Amount, proved.Amount);
        Compare("captured", redemption.Captured, proved.Captured);
        Compare("refunded", redemption.Refunded, proved.Refunded);
        Compare("held", redemption.Held, proved.Held);
        Compare("balance", redemption.BalanceAfter, proved.BalanceAfter);
        Compare("created_at", redemption.CreatedAt.UtcDateTime, proved.CreatedAt);
        if (proved.State == RedemptionState.Expired)
            Compare("hold_expires_at", redemption.HoldExpiresAt?.UtcDateTime, proved.RanOutAt);
        else if (proved.MovedTo is { } end)
            Compare("hold_expires_at", redemption.HoldExpiresAt?.UtcDateTime, end);
        else if (redemption.HoldExpiresAt is not null != proved.WasHeld)
            Report($"Redemption {redemption.Id}: only a redemption that began as a hold has an end, and each such redemption has one.");
        if (redemption.IsLive && !liveReferences.Add((redemption.CertificateId, redemption.Reference)))
            Report($"Redemption {redemption.Id}: another live redemption of certificate {redemption.CertificateId} has its reference.");

        void Compare<T>(string what, T stored, T fromEntries)
        {
            if (!EqualityComparer<T>.Default.Equals(stored, fromEntries))
                Report($"Redemption {redemption.Id}: {what} is {Text(stored)}; its entries give {Text(fromEntries)}.");
        }
    }

    /// <summary>Compares a certificate. Call it after all redemptions.</summary>
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
        Compare("is_active", certificate.IsActive, proved.IsActive ?? certificate.IsActive);
        var (least, most) = proved.Version;
        Compare("version", certificate.Version, Math.Clamp(certificate.Version, least, most));
        var changed = certificate.UpdatedAt.UtcDateTime;
        Compare("updated_at", changed, proved.EndsWithHold && changed > proved.LastAt ? changed : proved.LastAt);
        if (certificate.Code != details.CodeOf(certificate))
            Report(certificate.Id, $"its code is not the one that its last renaming gave it");
        var terms = details.TermsOf(certificate);
        Compare("starts_at", certificate.Terms.StartsAt?.UtcDateTime, terms.StartsAt?.UtcDateTime);
        Compare("expires_at", certificate.Terms.ExpiresAt?.UtcDateTime, terms.ExpiresAt?.UtcDateTime);
        Compare("single_use", certificate.Terms.SingleUse, terms.SingleUse);
        if (certificate.Terms.Note != terms.Note)
            Report(certificate.Id, $"its note is not the one that its last rescheduling gave it");

        void Compare<T>(string what, T stored, T fromEntries)
        {
            if (!EqualityComparer<T>.Default.Equals(stored, fromEntries))
                Report(certificate.Id, $"{what} is {Text(stored)}; its entries give {Text(fromEntries)}");
        }
    }

    public void Compare(FoldedCode stored)
    {
        if (!certificateIds.Contains(stored.CertificateId))
        {
            Report($"A code leads to certificate {stored.CertificateId}, which is missing.");
            return;
        }
        if (stored.Code is not { } code)
        {
            Report(stored.CertificateId, $"payments look it up by a code that it does not have");
            return;
        }
        foundByCode.Add(stored.CertificateId);
        if (stored.Folded != code.Folded)
            Report(stored.CertificateId, $"code_folded is not the folded form of its code");
    }

    /// <summary>Reports what is only known once everything has been compared.</summary>
    public void Conclude()
    {
        for (var id = 1L; id <= counters.LastCertificateId; id++)
        {
            if (certificateIds.Contains(id) && !foundByCode.Contains(id))
                Report(id, $"payments do not find it by its code");
        }
        CompareCount("certificates", certificateIds, counters.LastCertificateId);
        CompareCount("redemptions", redemptionIds, counters.LastRedemptionId);
        if ((lastBatch?.Id ?? 0) != counters.LastBatchId)
            Report($"The last batch is {lastBatch?.Id ?? 0}; the counter says {counters.LastBatchId}.");
        CompareCount("journal numbers", entryIds, counters.LastEntryId);
        if (issued + moved != Outstanding)
            Report($"Outstanding is {Outstanding}; what was issued and what the entries moved give {issued + moved}.");
    }

    /// <summary>Applies everything in an entry that is not money.</summary>
    private void Change(ref ProvedCertificate certificate, in Entry entry, Continuation continuation)
    {
        certificate.Date(entry, continuation);
        if (entry.Kind is EntryKind.Activated or EntryKind.Deactivated && !certificate.TrySwitch(entry.Kind == EntryKind.Activated))
            Report(entry, $"the certificate already has this state");
        if (!details.TryApply(entry))
            Report(entry, $"its detail does not start from what the earlier entries left");
        if (entry.Kind == EntryKind.Opening)
        {
            // It belongs to the issue, which made the first version.
            if (!certificate.IsNew || entry.CreatedAt.UtcDateTime != certificate.IssuedAt)
                Report(entry, $"it does not follow the issue immediately, at the same time");
            return;
        }
        // If a hold was released next to a capture, the redemption tells whether that was a separate write.
        if (entry.Kind != EntryKind.Released || continuation == Continuation.No)
            certificate.CountChange(continuation);
    }

    private void Move(ref ProvedCertificate certificate, in Entry entry, Continuation continuation)
    {
        var fromHold = entry.RedemptionId > 0 && MoveRedemption(ref certificate, entry, continuation);
        certificate.Move(entry, fromHold);
        if ((entry.FaceValueAfter, entry.HeldAfter, entry.BalanceAfter) != (certificate.FaceValue, certificate.Held, certificate.Balance))
        {
            var (faceValue, held, balance) = (certificate.FaceValue, certificate.Held, certificate.Balance);
            Report(entry, $"face value, held and balance after it are not what it says, but {faceValue}, {held} and {balance}");
        }
        if (!certificate.IsSound)
            Report(entry, $"spent {certificate.Spent} and held {certificate.Held} do not fit face value {certificate.FaceValue}");
        moved += ProvedCertificate.ChangeOfOutstanding(entry);
    }

    /// <summary>Returns whether the entry captures an amount that a hold took earlier.</summary>
    private bool MoveRedemption(ref ProvedCertificate certificate, in Entry entry, Continuation continuation)
    {
        if (entry.RedemptionId > counters.LastRedemptionId)
        {
            Report(entry, $"redemption {entry.RedemptionId} is beyond the counter");
            return false;
        }
        ref var redemption = ref redemptions[entry.RedemptionId];
        if (redemption.CertificateId == 0 && !certificate.TryPay())
            Report(entry, $"a payment uses the certificate while it is inactive");
        var fromHold = entry.Kind == EntryKind.Captured && redemption.Held > 0;
        var held = redemption.Held;
        if (!redemption.TryApply(entry, continuation))
            Report(entry, $"redemption {entry.RedemptionId} of certificate {redemption.CertificateId} does not have that amount to move");
        certificate.OpenHolds += redemption.Held - held;
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

    private static string Text<T>(T value) => value switch
    {
        null => "not set",
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
