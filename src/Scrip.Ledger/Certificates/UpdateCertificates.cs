namespace Scrip.Ledger.Certificates;

/// <summary>What one certificate is to become. What is null keeps what is stored.</summary>
/// <param name="FaceValue">In minor units.</param>
public readonly record struct CertificateChange(long Id, CertificateCode Code, bool? IsActive, long? FaceValue);

/// <summary>
/// Changes certificates, all or none. Ids differ from each other and so do codes; that was checked with the rest of the request. The codes
/// are compared as they will be after the call, so that certificates can swap theirs.
/// </summary>
/// <param name="ExpectedVersions">
/// From <c>If-Match</c>: the certificate must stand at one of these; null when any will do. Only for a call of one item.
/// </param>
public sealed record UpdateCertificates(IReadOnlyList<CertificateChange> Items, IReadOnlyList<long>? ExpectedVersions = null)
    : Command<CertificatesOutcome>
{
    public override int Weight => Items.Count;

    public override void AddTo(Footprint footprint)
    {
        foreach (var item in Items)
        {
            footprint.AddCertificate(item.Id);
            footprint.AddCode(item.Code);
        }
    }

    public override Decision<CertificatesOutcome> DecideOn(LedgerState state, DateTimeOffset now) => Decide(state, this, now);

    public static Decision<CertificatesOutcome> Decide(LedgerState state, UpdateCertificates command, DateTimeOffset now)
    {
        var before = new Certificate[command.Items.Count];
        var missing = new ItemFaults();
        for (var index = 0; index < before.Length; index++)
        {
            if (state.Find(command.Items[index].Id) is { } found)
                before[index] = found;
            else
                missing.Add(index, ItemFaultKind.NotFound, command.Items[index].Id);
        }
        if (missing.Any)
            return missing.Refuse(CertificatesVerdict.NotFound);

        var stale = new ItemFaults();
        for (var index = 0; index < before.Length; index++)
        {
            if (command.ExpectedVersions is { } expected && !expected.Contains(before[index].Version))
                stale.Add(index, ItemFaultKind.VersionMismatch, before[index].Version);
        }
        if (stale.Any)
            return stale.Refuse(CertificatesVerdict.PreconditionFailed);

        var conflicts = Conflicts(state, command, before);
        return conflicts.Any ? conflicts.Refuse(CertificatesVerdict.Conflict) : command.Accept(state, before, now);
    }

    protected override void WriteReceipt(CertificatesOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write((byte)outcome.Verdict);
        if (outcome.Verdict != CertificatesVerdict.Accepted)
        {
            CertificatesOutcome.WriteFaults(outcome, receipt);
            return;
        }
        for (var index = 0; index < Items.Count; index++)
        {
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
            var isActive = item.IsActive ?? receipt.ReadBoolean();
            var faceValue = item.FaceValue ?? receipt.Read7BitEncodedInt64();
            lines[index] = new(item.Id, item.Code, isActive, faceValue, receipt.Read7BitEncodedInt64());
        }
        return CertificatesOutcome.Accepted(lines);
    }

    private static ItemFaults Conflicts(LedgerState state, UpdateCertificates command, Certificate[] before)
    {
        // A code whose present holder gives it up in this same call is free.
        var givenUp = new HashSet<long>();
        for (var index = 0; index < before.Length; index++)
        {
            if (before[index].Code != command.Items[index].Code)
                givenUp.Add(before[index].Id);
        }

        var conflicts = new ItemFaults();
        for (var index = 0; index < before.Length; index++)
        {
            var item = command.Items[index];
            if (state.HolderOf(item.Code) is { } holder && holder != item.Id && !givenUp.Contains(holder))
                conflicts.Add(index, ItemFaultKind.CodeTaken, holder);
            var used = before[index].Spent + before[index].Held;
            if (item.FaceValue < used)
                conflicts.Add(index, ItemFaultKind.ValueBelowUsed, used);
        }
        return conflicts;
    }

    private Decision<CertificatesOutcome> Accept(LedgerState state, Certificate[] before, DateTimeOffset now)
    {
        var lines = new CertificateLine[before.Length];
        var updated = new List<Certificate>(before.Length);
        var timeline = new EntryWriter(state.LastEntryId, Actor, now, changes: before.Length);
        for (var index = 0; index < before.Length; index++)
        {
            var item = Items[index];
            var old = before[index];
            var after = old with
            {
                Code = item.Code,
                IsActive = item.IsActive ?? old.IsActive,
                FaceValue = item.FaceValue ?? old.FaceValue,
            };
            // Writing what is already there changes nothing: no version, no entry.
            if (after != old)
            {
                after = after with { Version = old.Version + 1, UpdatedAt = now, LastEntryId = timeline.Write(old, after) };
                updated.Add(after);
            }
            lines[index] = new(after.Id, after.Code, after.IsActive, after.FaceValue, after.Version);
        }
        return new(CertificatesOutcome.Accepted(lines), new Changes { Updated = updated, Entries = timeline.Entries });
    }
}
