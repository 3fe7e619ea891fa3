namespace Scrip.Ledger.Certificates;

/// <summary>What to write off one certificate.</summary>
/// <param name="Amount">In minor units; null for the whole balance.</param>
/// <param name="Reason">Why, in words for people. It appears in the journal.</param>
public readonly record struct WriteOff(long CertificateId, long? Amount, string? Reason);

/// <summary>
/// Takes balances off certificates without a payment, all of them or none, and records them as forfeited. A certificate may be inactive,
/// not started or expired: balances that nobody can spend are exactly what shops write off. Held amounts stay held. The request was checked
/// for repeated ids before.
/// </summary>
public sealed record WriteOffCertificates(IReadOnlyList<WriteOff> Items) : Command<CertificatesOutcome>
{
    public override int Weight => Items.Count;

    public override void AddTo(Footprint footprint)
    {
        foreach (var item in Items)
            footprint.AddCertificate(item.CertificateId);
    }

    public override Decision<CertificatesOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var before = new Certificate[Items.Count];
        var (missing, spent, insufficient) = (new ItemFaults(), new ItemFaults(), new ItemFaults());
        for (var index = 0; index < before.Length; index++)
        {
            var item = Items[index];
            if (state.Find(item.CertificateId) is not { } found)
            {
                missing.Add(index, ItemFaultKind.NotFound, item.CertificateId);
                continue;
            }
            before[index] = found;
            if (found.Balance == 0)
                spent.Add(index, ItemFaultKind.NothingLeft, item.CertificateId);
            else if (item.Amount > found.Balance)
                insufficient.Add(index, ItemFaultKind.AmountAboveBalance, found.Balance);
        }
        if (missing.Any)
            return missing.Refuse(CertificatesVerdict.NotFound);
        if (spent.Any)
            return spent.Refuse(CertificatesVerdict.Spent);
        return insufficient.Any ? insufficient.Refuse(CertificatesVerdict.InsufficientBalance) : Accept(state, before, now);
    }

    /// <summary>Not found is not remembered: the same request may succeed once the certificate exists.</summary>
    protected override bool IsRemembered(CertificatesOutcome outcome) => outcome.Verdict != CertificatesVerdict.NotFound;

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
            var line = outcome.Lines[index];
            receipt.Write(line.Code.Text);
            receipt.Write(line.IsActive);
            receipt.Write7BitEncodedInt64(line.FaceValue);
            receipt.Write7BitEncodedInt64(line.Version);
            receipt.Write7BitEncodedInt64(outcome.Balances[index]);
        }
    }

    protected override CertificatesOutcome ReadReceipt(BinaryReader receipt)
    {
        var verdict = (CertificatesVerdict)receipt.ReadByte();
        if (verdict != CertificatesVerdict.Accepted)
            return CertificatesOutcome.ReadFaults(verdict, receipt);
        var lines = new CertificateLine[Items.Count];
        var balances = new long[Items.Count];
        for (var index = 0; index < lines.Length; index++)
        {
            lines[index] = new(
                Items[index].CertificateId, CertificateCode.FromStored(receipt.ReadString()), receipt.ReadBoolean(),
                receipt.Read7BitEncodedInt64(), receipt.Read7BitEncodedInt64());
            balances[index] = receipt.Read7BitEncodedInt64();
        }
        return CertificatesOutcome.Accepted(lines) with { Balances = balances };
    }

    private Decision<CertificatesOutcome> Accept(LedgerState state, Certificate[] before, DateTimeOffset now)
    {
        var lines = new CertificateLine[before.Length];
        var balances = new long[before.Length];
        var updated = new Certificate[before.Length];
        var journal = new EntryWriter(state, Actor, capacity: before.Length);
        for (var index = 0; index < before.Length; index++)
        {
            var posting = new Posting(journal, before[index], redemptionId: 0, now, now);
            posting.WriteOff(Items[index].Amount ?? before[index].Balance, Items[index].Reason);
            var after = updated[index] = posting.Certificate;
            lines[index] = new(after.Id, after.Code, after.IsActive, after.FaceValue, after.Version);
            balances[index] = after.Balance;
        }
        return new(
            CertificatesOutcome.Accepted(lines) with { Balances = balances }, new Changes { Updated = updated, Entries = journal.Entries });
    }
}
