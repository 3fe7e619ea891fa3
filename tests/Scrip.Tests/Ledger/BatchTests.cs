using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>Batches: which writes make one, what it says of its certificates, and its name.</summary>
public sealed class BatchTests
{
    [Fact]
    public void A_write_makes_a_batch_only_of_certificates_that_it_makes() => LedgerTable.Check("""
        stored 1:A=900
        create B=100 C in May => Accepted 2:B=100/on v1, 3:C=0/on v1 batch 1
        create D => Accepted 4:D=0/on v1
        create in May => Accepted
        create A in May => Conflict(1) 0 CodeTaken 1
        import E=500-100 in May => Imported 1 skipped 0 value 500 balance 400 batch 2 | 5 Opening -100 balance 400
        import A in May !skip => Imported 0 skipped 1 value 0 balance 0
        import F in May !dry => Imported 1 skipped 0 value 0 balance 0
        rename 1 June => Renamed 1:June BulkCreate 2-3 worth 1
        rename 1 June => Renamed 1:June BulkCreate 2-3 worth 1
        rename 2 May => Renamed 2:May Imported 5-5 worth 5
        rename 3 May => BatchNotFound
        rename 0 May => BatchNotFound
        """);

    [Fact]
    public void A_batch_keeps_what_its_certificates_were_issued_for_whatever_happens_to_them()
    {
        var state = LedgerTable.StateOf([]);
        CommandText.Parse("create A=500 B=300 in -").ApplyTo(state, Instants.Later(7));
        CommandText.Parse("update 1:C=900/off").ApplyTo(state, Instants.Later(8));

        var batch = Assert.Single(state.CreatedBatches);
        Assert.Equal("1:- BulkCreate 1-2 worth 8", OutcomeText.Of(batch));
        Assert.Equal((Instants.Later(7), CommandText.Actor), (batch.CreatedAt, batch.CreatedBy));
    }

    /// <summary>A hundred thousand of the largest value are more minor units than 64 bits hold.</summary>
    [Fact]
    public void The_largest_batch_has_a_value()
    {
        Assert.True(Currency.TryCreate("KWD", out var dinar));
        var largest = dinar.ToMinor(FaceValue.MaxUnits);
        var items = Enumerable.Range(0, 100_000)
            .Select(number => new NewCertificate(CommandText.Code($"C{number}"), true, largest)).ToArray();
        var state = LedgerTable.StateOf([]);

        new CreateCertificates(items) { SiteId = 1, Actor = 0, Batch = new NewBatch("all", BatchSource.BulkCreate, dinar) }.ApplyTo(state, Instants.Start);

        Assert.Equal(100_000 * FaceValue.MaxUnits, Assert.Single(state.CreatedBatches).Units);
    }
}
