namespace Scrip.Ledger.Certificates;

/// <summary>The numbers are stored in receipts: none is changed or used again.</summary>
public enum RenameBatchVerdict
{
    NotFound = 1,
    Renamed = 2,
}

/// <param name="Batch">With its new name; null unless it was renamed.</param>
public sealed record RenameBatchOutcome(RenameBatchVerdict Verdict, Batch? Batch);

/// <summary>Gives a batch another name. It writes no journal entry, because no certificate changes.</summary>
public sealed record RenameBatch(long BatchId, string Name) : Command<RenameBatchOutcome>
{
    public override void AddTo(Footprint footprint) => footprint.AddBatch(BatchId);

    public override Decision<RenameBatchOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        if (state.FindBatch(BatchId) is not { } batch)
            return new(new RenameBatchOutcome(RenameBatchVerdict.NotFound, null), Changes.None);
        var renamed = batch with { Name = Name };
        var changes = renamed == batch ? Changes.None : new Changes { UpdatedBatch = renamed };
        return new(new RenameBatchOutcome(RenameBatchVerdict.Renamed, renamed), changes);
    }

    protected override void WriteReceipt(RenameBatchOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write((byte)outcome.Verdict);
        if (outcome.Batch is not { } batch)
            return;
        receipt.Write((byte)batch.Source);
        receipt.Write7BitEncodedInt64(batch.FirstCertificateId);
        receipt.Write7BitEncodedInt64(batch.Certificates);
        receipt.Write7BitEncodedInt64(batch.Units);
        receipt.Write(batch.CreatedAt.UtcTicks);
        receipt.Write7BitEncodedInt64(batch.CreatedBy);
    }

    protected override RenameBatchOutcome ReadReceipt(BinaryReader receipt)
    {
        var verdict = (RenameBatchVerdict)receipt.ReadByte();
        return new(verdict, verdict == RenameBatchVerdict.NotFound ? null : new Batch
        {
            Id = BatchId,
            Name = Name,
            Source = (BatchSource)receipt.ReadByte(),
            FirstCertificateId = receipt.Read7BitEncodedInt64(),
            Certificates = receipt.Read7BitEncodedInt64(),
            Units = receipt.Read7BitEncodedInt64(),
            CreatedAt = new DateTimeOffset(receipt.ReadInt64(), TimeSpan.Zero),
            CreatedBy = receipt.Read7BitEncodedInt64(),
        });
    }
}
