using System.Data.Common;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Batches: stored with their certificates or not at all, found by their ids and by those of their certificates.</summary>
public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Batches_are_listed_in_the_order_of_their_ids_and_found_by_them()
    {
        var other = WriteBatches();

        Assert.Equal(
            ["1:May BulkCreate 2-3 worth 5", "2:- Generated 4-5 worth 8", "3:ß-🎁 Imported 7-7 worth 1"], await BatchesAsync(new BatchQuery()));
        Assert.Equal(["2:- Generated 4-5 worth 8"], await BatchesAsync(new BatchQuery { AfterId = 1, Take = 1 }));
        Assert.Equal(["3:ß-🎁 Imported 7-7 worth 1"], await BatchesAsync(new BatchQuery { Skip = 2, Take = 5 }));
        Assert.Empty(await BatchesAsync(new BatchQuery { AfterId = 3 }));
        Assert.Equal(["1:May BulkCreate 1-1 worth 0"], await BatchesAsync(new BatchQuery(), other));
        Assert.Equal((3, 1, 0), (await LastBatchAsync(), await LastBatchAsync(other), await LastBatchAsync(99)));

        Assert.Equal("2:- Generated 4-5 worth 8", Text(await store.FindBatchAsync(DefaultSite, 2, CancellationToken.None)));
        foreach (var (site, id) in new (long, long)[] { (DefaultSite, 0), (DefaultSite, 4), (other, 2), (99, 1) })
            Assert.Null(await store.FindBatchAsync(site, id, CancellationToken.None));
        var found = (await store.FindBatchAsync(DefaultSite, 1, CancellationToken.None))!;
        Assert.Equal((Instants.Later(1), CommandText.Actor), (found.CreatedAt, found.CreatedBy));
    }

    [Fact]
    public async Task A_certificate_is_found_in_its_batch_and_one_outside_in_none()
    {
        var other = WriteBatches();

        long?[] expected = [null, 1, 1, 2, 2, null, 3, null];
        for (var id = 1; id <= expected.Length; id++)
            Assert.Equal(expected[id - 1], (await store.FindBatchOfAsync(DefaultSite, id, CancellationToken.None))?.Id);
        Assert.Equal(1, (await store.FindBatchOfAsync(other, 1, CancellationToken.None))?.Id);
        Assert.Null(await store.FindBatchOfAsync(other, 2, CancellationToken.None));
        Assert.Null(await store.FindBatchOfAsync(99, 1, CancellationToken.None));

        foreach (var query in new[] { CertificateQuery.Everything, new CertificateQuery { Search = "A" }, new CertificateQuery { AfterId = 2, Take = 3 } })
        {
            var listed = new List<(long Id, long? BatchId, string Code, long Version, long Spent)>();
            await using (var rows = await store.QueryAsync(DefaultSite, query with { WithBatch = true, AllAttributes = true }, CancellationToken.None))
            {
                while (await rows.ReadAsync(CancellationToken.None))
                    listed.Add((rows.Current.Id, rows.Current.BatchId, System.Text.Encoding.UTF8.GetString(rows.Current.Code), rows.Current.Version, rows.Current.Spent));
            }
            Assert.NotEmpty(listed);
            Assert.All(listed, row => Assert.Equal(expected[row.Id - 1], row.BatchId));
            Assert.Equal(
                (await ListAsync(query)).Select(row => (row.Id, row.Code, row.Version, row.Spent)),
                listed.Select(row => (row.Id, row.Code, row.Version, row.Spent)));
        }
    }

    [Theory]
    [InlineData(1, "A1 A2")]
    [InlineData(2, "A B")]
    [InlineData(3, "G")]
    [InlineData(4, "")]
    public async Task Certificates_are_listed_by_their_batch(long id, string codes)
    {
        WriteBatches();
        var ofBatch = new CertificateQuery { BatchId = id };

        Assert.Equal(codes, string.Join(' ', (await ListAsync(ofBatch)).Select(row => row.Code)));
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, await CountAsync(ofBatch));
        Assert.Equal(
            codes.Split(' ').Reverse().FirstOrDefault(code => code.Length > 0),
            (await ListAsync(ofBatch with { Descending = true, Take = 1 })).FirstOrDefault()?.Code);
        Assert.Equal(
            codes.Split(' ').Where(code => code.Contains('A', StringComparison.Ordinal)),
            (await ListAsync(ofBatch with { Search = "a" })).Select(row => row.Code));
        Assert.Empty(await ListAsync(ofBatch with { IsActive = false }));
    }

    [Fact]
    public async Task A_batch_is_renamed_and_nothing_else_of_it_changes()
    {
        var other = WriteBatches();

        Assert.Equal(
            ["Renamed 2:June Generated 4-5 worth 8", "Renamed 2:July Generated 4-5 worth 8", "BatchNotFound"],
            Write("rename 2 June", "rename 2 July", "rename 4 June"));
        Assert.Equal(["Accepted 9:N=0/on v1 batch 4", "Renamed 4:June BulkCreate 9-9 worth 0"], Write("create N in May", "rename 4 June"));

        Reopen();
        Assert.Equal(
            ["1:May BulkCreate 2-3 worth 5", "2:July Generated 4-5 worth 8", "3:ß-🎁 Imported 7-7 worth 1", "4:June BulkCreate 9-9 worth 0"],
            await BatchesAsync(new BatchQuery()));
        Assert.Equal(["1:May BulkCreate 1-1 worth 0"], await BatchesAsync(new BatchQuery(), other));
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_transaction_that_is_not_committed_leaves_no_batch()
    {
        WriteBatches();
        var command = CommandText.Parse("create N in May");
        using (var transaction = store.Begin(DefaultSite, FootprintOf(command), Instants.Start))
            command.ApplyTo(transaction.State, Instants.Start);

        Assert.Equal(3, await LastBatchAsync());
        Assert.Equal(["Accepted 9:N=0/on v1 batch 4"], Write("create N in May"));
    }

    [Fact]
    public async Task A_snapshot_has_the_batches()
    {
        WriteBatches();
        await using var snapshot = await store.OpenSnapshotAsync(DefaultSite, CancellationToken.None);

        Assert.Equal(3, (await snapshot.ReadCountersAsync(CancellationToken.None)).LastBatchId);
        Assert.Equal(
            await BatchesAsync(new BatchQuery()), (await ReadAsync(snapshot.ReadBatchesAsync(CancellationToken.None))).Select(OutcomeText.Of));
    }

    /// <summary>As many as one call may have.</summary>
    [Fact]
    public async Task A_hundred_thousand_generated_codes_are_one_batch()
    {
        var codes = Enumerable.Range(0, 100_000).Select(number => $"{number:D6}");

        var outcome = Write($"generate 100000=100 of {string.Join(' ', codes)} in all")[0];

        Assert.EndsWith("100000:099999=100/on v1 batch 1", outcome, StringComparison.Ordinal);
        Assert.Equal(["1:all Generated 1-100000 worth 100000"], await BatchesAsync(new BatchQuery()));
        Assert.Equal(100_000, await CountAsync(new CertificateQuery { BatchId = 1 }));
        Assert.Equal(["Conflict(0)", "Accepted 100001:XXXXXX=0/on v1 batch 2"], Write("generate 1 of 000000 in two", "generate 1 of 099999 XXXXXX in two"));
        await AssertProvedAsync();
    }

    public static TheoryData<string, Func<Batch, Batch>> ForbiddenBatches => new()
    {
        { "an id twice", batch => batch with { Id = 1 } },
        { "a first certificate twice", batch => batch with { FirstCertificateId = 2 } },
        { "no certificates", batch => batch with { Certificates = 0 } },
        { "an empty name", batch => batch with { Name = "" } },
        { "a name of 101 characters", batch => batch with { Name = new string('x', 101) } },
        { "a negative value", batch => batch with { Units = -1 } },
    };

    [Theory]
    [MemberData(nameof(ForbiddenBatches), DisableDiscoveryEnumeration = true)]
    public async Task What_no_rule_lets_through_of_a_batch_the_schema_refuses(string what, Func<Batch, Batch> change)
    {
        Assert.NotEmpty(what);
        WriteBatches();
        var command = CommandText.Parse("create N in May");
        using (var transaction = store.Begin(DefaultSite, FootprintOf(command), Instants.Start))
        {
            var right = ((CreateCertificates)command).Decide(transaction.State, Instants.Start).Changes;
            transaction.State.Record(right with { NewBatch = change(right.NewBatch!) });
            Assert.ThrowsAny<DbException>(transaction.Commit);
        }
        Assert.Equal(3, await LastBatchAsync());
    }

    /// <summary>Certificates 1, 6 and 8 are in none. Returns another site, with a batch of its own.</summary>
    private long WriteBatches()
    {
        var other = OpenSite("other");
        WriteAt(Instants.Start, DefaultSite, "create FIRST");
        WriteAt(Instants.Later(1), DefaultSite, "create A1=300 A2=200 in May");
        WriteAt(Instants.Later(2), DefaultSite, "generate 2=400 of A B C in -", "create E");
        WriteAt(Instants.Later(3), DefaultSite, "import G=100-50 in ß-🎁", "create LAST");
        WriteAt(Instants.Later(4), other, "create A in May");
        return other;
    }

    private async Task<IEnumerable<string>> BatchesAsync(BatchQuery query, long siteId = DefaultSite)
    {
        await using var rows = await store.QueryAsync(siteId, query, CancellationToken.None);
        return (await AllOf(rows)).Select(OutcomeText.Of);
    }

    private Task<long> LastBatchAsync(long siteId = DefaultSite) => store.ReadLastBatchIdAsync(siteId, CancellationToken.None).AsTask();

    private static string? Text(Batch? batch) => batch is null ? null : OutcomeText.Of(batch);
}
