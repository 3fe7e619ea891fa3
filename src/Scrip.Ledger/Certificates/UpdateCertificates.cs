namespace Scrip.Ledger.Certificates;

/// <summary>The wanted state of one certificate. A null member keeps the stored value.</summary>
/// <param name="FaceValue">In minor units.</param>
/// <param name="Version">The version that the certificate must have; null accepts any.</param>
public readonly record struct CertificateChange(
    long Id, CertificateCode? Code, bool? IsActive, long? FaceValue, TermsChange? Terms = null, long? Version = null);

/// <summary>
/// Changes certificates: all of them or none. The request was checked for repeated ids and codes before. Codes are compared as they will be
/// after the call, so that certificates can swap theirs.
/// </summary>
/// <param name="ExpectedVersions">The versions that <c>If-Match</c> accepts; null for any. Only for a call with one item.</param>
public sealed record UpdateCertificates(IReadOnlyList<CertificateChange> Items, IReadOnlyList<long>? ExpectedVersions = null)
    : Command<CertificatesOutcome>
{
    public override int Weight => Items.Count;

    public override void AddTo(Footprint footprint) => footprint.AddChanges(Items);

    public override Decision<CertificatesOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var refused = CodesNotAllowed(state);
        if (refused.Any)
            return refused.Refuse(CertificatesVerdict.Invalid);

        var before = new Certificate[Items.Count];
        var missing = new ItemFaults();
        for (var index = 0; index < before.Length; index++)
        {
            if (state.Find(Items[index].Id) is { } found)
                before[index] = found;
            else
                missing.Add(index, ItemFaultKind.NotFound, Items[index].Id);
        }
        if (missing.Any)
            return missing.Refuse(CertificatesVerdict.NotFound);

        var stale = new ItemFaults();
        for (var index = 0; index < before.Length; index++)
        {
            if (ExpectedVersions is { } expected && !expected.Contains(before[index].Version))
                stale.Add(index, ItemFaultKind.VersionMismatch, before[index].Version);
        }
        if (stale.Any)
            return stale.Refuse(CertificatesVerdict.PreconditionFailed);

        var conflicts = Conflicts(state, before);
        if (!conflicts.Any)
            return Accept(state, before, now);
        return conflicts.Refuse(
            conflicts.HasOther(ItemFaultKind.VersionMismatch) ? CertificatesVerdict.Conflict : CertificatesVerdict.PreconditionFailed);
    }

    /// <summary>Adds the faults of a change, whichever write makes it. Returns whether there are any.</summary>
    internal static bool AddFaults(ItemFaults faults, int index, in CertificateChange item, Certificate before)
    {
        var used = before.Spent + before.Held;
        var isTooLow = item.FaceValue < used;
        if (isTooLow)
            faults.Add(index, ItemFaultKind.ValueBelowUsed, used);
        if (item.Terms?.AppliedTo(before.Terms).AreInOrder != false)
            return isTooLow;
        faults.Add(index, ItemFaultKind.ExpiresBeforeStart, 0);
        return true;
    }

    /// <summary>Returns the same object if nothing changes: writing the stored values again makes no version and no entry.</summary>
    internal static Certificate Change(in CertificateChange item, Certificate old, EntryWriter journal, DateTimeOffset now)
    {
        var code = item.Code ?? old.Code;
        var isActive = item.IsActive ?? old.IsActive;
        var faceValue = item.FaceValue ?? old.FaceValue;
        var terms = item.Terms?.AppliedTo(old.Terms) ?? old.Terms;
        var (isAdjusted, isRenamed, isRescheduled, isSwitched) =
            (faceValue != old.FaceValue, code != old.Code, terms != old.Terms, isActive != old.IsActive);
        var entries = Count(isAdjusted) + Count(isRenamed) + Count(isRescheduled) + Count(isSwitched);
        if (entries == 0)
            return old;

        // The copy has its last entry id from the start: one copy per entry would dominate the allocations of a large call.
        var after = old with
        {
            Code = code,
            IsActive = isActive,
            FaceValue = faceValue,
            Terms = terms,
            Version = old.Version + 1,
            UpdatedAt = now,
            LastEntryId = journal.NextId + entries - 1,
        };
        // Money first: each entry's balance is the previous balance plus the entry's own amount.
        var lastId = old.LastEntryId;
        if (isAdjusted)
            lastId = journal.Add(after, lastId, EntryKind.Adjusted, faceValue - old.FaceValue, now);
        if (isRenamed)
            lastId = journal.Add(after, lastId, EntryKind.Renamed, 0, now, detail: EntryDetail.Renaming(old.Code, after.Code));
        if (isRescheduled)
            lastId = journal.Add(after, lastId, EntryKind.Rescheduled, 0, now, detail: EntryDetail.Rescheduling(old.Terms, terms));
        if (isSwitched)
            journal.Add(after, lastId, isActive ? EntryKind.Activated : EntryKind.Deactivated, 0, now);
        return after;

        static int Count(bool isSo) => isSo ? 1 : 0;
    }

    protected override bool IsRemembered(CertificatesOutcome outcome) => outcome.Verdict != CertificatesVerdict.Invalid;

    protected override void WriteReceipt(CertificatesOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write((byte)outcome.Verdict);
        if (outcome.Verdict != CertificatesVerdict.Accepted)
        {
            CertificatesOutcome.WriteFaults(outcome.Faults, outcome.FaultyItems, receipt);
            return;
        }
        for (var index = 0; index < Items.Count; index++)
        {
            if (Items[index].Code is null)
                receipt.Write(outcome.Lines[index].Code.Text);
            if (Items[index].IsActive is null)
                receipt.Write(outcome.Lines[index].IsActive);
            if (Items[index].FaceValue is null)
                receipt.Write7BitEncodedInt64(outcome.Lines[index].FaceValue);
            receipt.Write7BitEncodedInt64(outcome.Lines[index].Version);
        }
    }

    protected override CertificatesOutcome ReadReceipt(BinaryReader receipt)
    {
        var verdict = (CertificatesVerdict)receipt.ReadByte();
        if (verdict != CertificatesVerdict.Accepted)
            return CertificatesOutcome.ReadFaults(verdict, receipt);
        var lines = new CertificateLine[Items.Count];
        for (var index = 0; index < lines.Length; index++)
        {
            var item = Items[index];
            var code = item.Code ?? CertificateCode.FromStored(receipt.ReadString());
            var isActive = item.IsActive ?? receipt.ReadBoolean();
            var faceValue = item.FaceValue ?? receipt.Read7BitEncodedInt64();
            lines[index] = new(item.Id, code, isActive, faceValue, receipt.Read7BitEncodedInt64());
        }
        return CertificatesOutcome.Accepted(lines);
    }

    /// <summary>Finds codes that are not allowed. A certificate may keep a code that was stored before the rule became stricter.</summary>
    private ItemFaults CodesNotAllowed(LedgerState state)
    {
        var refused = new ItemFaults();
        for (var index = 0; index < Items.Count; index++)
        {
            if (Items[index].Code is { MayBeGiven: false } code && state.Find(Items[index].Id)?.Code != code)
                refused.Add(index, ItemFaultKind.CodeNotAllowed, 0);
        }
        return refused;
    }

    private ItemFaults Conflicts(LedgerState state, Certificate[] before)
    {
        // A code is free if its current holder gives it up in the same call.
        var givenUp = new HashSet<long>();
        for (var index = 0; index < before.Length; index++)
        {
            if (IsRenamed(Items[index], before[index]))
                givenUp.Add(before[index].Id);
        }

        var conflicts = new ItemFaults();
        for (var index = 0; index < before.Length; index++)
        {
            var item = Items[index];
            if (item.Version is { } version && version != before[index].Version)
                conflicts.Add(index, ItemFaultKind.VersionMismatch, before[index].Version);
            if (IsRenamed(item, before[index]) && state.HolderOf(item.Code.GetValueOrDefault()) is { } holder && !givenUp.Contains(holder))
                conflicts.Add(index, ItemFaultKind.CodeTaken, holder);
            AddFaults(conflicts, index, item, before[index]);
        }
        return conflicts;
    }

    private static bool IsRenamed(in CertificateChange item, Certificate before) => item.Code is { } code && code != before.Code;

    private Decision<CertificatesOutcome> Accept(LedgerState state, Certificate[] before, DateTimeOffset now)
    {
        var lines = new CertificateLine[before.Length];
        var updated = new List<Certificate>(before.Length);
        var journal = new EntryWriter(state, Actor, capacity: before.Length);
        for (var index = 0; index < before.Length; index++)
        {
            var after = Change(Items[index], before[index], journal, now);
            if (!ReferenceEquals(after, before[index]))
                updated.Add(after);
            lines[index] = new(after.Id, after.Code, after.IsActive, after.FaceValue, after.Version);
        }
        return new(CertificatesOutcome.Accepted(lines), new Changes { Updated = updated, Entries = journal.Entries });
    }
}
