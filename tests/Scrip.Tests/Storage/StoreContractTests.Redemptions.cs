using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Payments: what they write, what a transaction finds of them, and their list.</summary>
public abstract partial class StoreContractTests
{
    public static TheoryData<string, RedemptionQuery> RedemptionFilters => new()
    {
        { "everything", new RedemptionQuery() },
        { "an id", new RedemptionQuery { Id = 3 } },
        { "an id that does not exist", new RedemptionQuery { Id = 0 } },
        { "of a certificate", new RedemptionQuery { CertificateId = 1 } },
        { "of another certificate", new RedemptionQuery { CertificateId = 2 } },
        { "of a certificate that was never paid with", new RedemptionQuery { CertificateId = 3 } },
        { "of a certificate that does not exist", new RedemptionQuery { CertificateId = 0 } },
        { "a reference", new RedemptionQuery { Reference = "R" } },
        { "a reference in another case", new RedemptionQuery { Reference = "r" } },
        { "part of a reference", new RedemptionQuery { Reference = "Заказ" } },
        { "held", new RedemptionQuery { State = RedemptionState.Held } },
        { "captured", new RedemptionQuery { State = RedemptionState.Captured } },
        { "released", new RedemptionQuery { State = RedemptionState.Released } },
        { "expired", new RedemptionQuery { State = RedemptionState.Expired } },
        { "made after", new RedemptionQuery { CreatedAfter = Instants.Later(2) } },
        { "made before", new RedemptionQuery { CreatedBefore = Instants.Later(2) } },
        { "made before, less than a microsecond later", new RedemptionQuery { CreatedBefore = Instants.Later(2).AddTicks(1) } },
        { "made after, less than a microsecond earlier", new RedemptionQuery { CreatedAfter = Instants.Later(2).AddTicks(-1) } },
        { "after an id", new RedemptionQuery { AfterId = 4 } },
        {
            "all at once",
            new RedemptionQuery
            {
                Id = 5, CertificateId = 1, Reference = "R", State = RedemptionState.Captured, CreatedAfter = Instants.Start,
                CreatedBefore = Instants.Later(9), AfterId = 4,
            }
        },
        { "all but one at once", new RedemptionQuery { CertificateId = 2, Reference = "R", State = RedemptionState.Released } },
    };

    [Fact]
    public async Task Payments_are_there_when_the_database_is_opened_again()
    {
        Write("create A-1=500 B=900/single");
        WriteAt(Instants.Later(1), DefaultSite, "hold a1 100 R1 until 60", "redeem #2 50 R2");
        WriteAt(Instants.Later(2), DefaultSite, "capture 1 40 keep", "refund 2 20 because broken");
        Reopen();

        Assert.Equal(
            ["Held 1:R1 of 1:A-1 100-40+0 balance 400 until 60", "Captured 2:R2 of 2:B 50-50+20 balance 20"],
            await RedemptionsAsync(new RedemptionQuery()));
        Assert.Equal(
            ["1:A-1=500/on v3 spent 40 held 60", "2:B=900/on v3 spent 880 held 0"],
            (await ListAsync(CertificateQuery.Everything)).Select(one => $"{one} spent {one.Spent} held {one.Held}"));
        Assert.Equal(
            [
                "1 Held r1 -100 balance 400 held 100", "2 Captured r2 -50 balance 850", "2 Forfeited r2 -850 balance 0",
                "1 Captured r1 -40 balance 400 held 60", "2 Refunded r2 +20 balance 20 reason",
            ],
            Journal());
        Assert.Equal(
            [
                new Redemption
                {
                    Id = 1, CertificateId = 1, Reference = "R1", State = RedemptionState.Held, Amount = 100, Captured = 40, Refunded = 0,
                    BalanceAfter = 400, CreatedAt = Instants.Later(1), HoldExpiresAt = Instants.Later(60),
                },
                new Redemption
                {
                    Id = 2, CertificateId = 2, Reference = "R2", State = RedemptionState.Captured, Amount = 50, Captured = 50, Refunded = 20,
                    BalanceAfter = 20, CreatedAt = Instants.Later(1), HoldExpiresAt = null,
                },
            ],
            (await SnapshotAsync()).Redemptions);
    }

    [Fact]
    public async Task The_edges_of_every_amount_and_reference_survive()
    {
        var reference = string.Concat(Enumerable.Repeat("🎁", Redemption.MaxReferenceLength));
        Write("create A=1000000000000000");
        Write($"hold A 1 {reference} until 2678400", "hold A all ' until 1");
        Assert.Equal(
            [
                $"Held 1:{reference} of 1:A 1-0+0 balance 999999999999999 until 2678400",
                "Held 2:' of 1:A 999999999999999-0+0 balance 0 until 1",
            ],
            await RedemptionsAsync(new RedemptionQuery()));
        Assert.Equal(["DuplicateReference 1"], Write($"hold A 1 {reference}"));
        Assert.Single(await RedemptionsAsync(new RedemptionQuery { Reference = reference }));
    }

    [Fact]
    public async Task A_reference_is_free_once_its_redemption_is_wholly_refunded_and_only_then()
    {
        Write("create A=500");
        Write("redeem A 100 R", "refund 1 99");
        Assert.Equal(["DuplicateReference 1"], Write("redeem A 5 R"));
        Write("refund 1 1");
        Assert.Equal(["Captured 2:R of 1:A 5-5+0 balance 495"], Write("redeem A 5 R"));
        Assert.Equal(["DuplicateReference 2"], Write("redeem #1 5 R"));
        Assert.Equal(["Captured 2:R of 1:A 5-5+5 balance 500", "Held 3:R of 1:A 6-0+0 balance 494 until 60"], Write("refund 2", "hold A 6 R until 60"));
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_hold_ends_when_its_moved_end_comes_and_the_proof_knows_the_move()
    {
        Write("create A=500");
        Write("hold A 100 R1 until 10", "hold A 50 R2 until 60", "hold A 7 R3 until 60", "extend 1 60", "extend 2 20", "extend 3 50", "extend 3 55");
        Reopen();
        Assert.False(await store.HasOverdueHoldsAsync(DefaultSite, Instants.Later(19), CancellationToken.None));
        Assert.True(await store.HasOverdueHoldsAsync(DefaultSite, Instants.Later(20), CancellationToken.None));
        Assert.Equal(["Expired 1"], WriteAt(Instants.Later(30), DefaultSite, "expire"));
        Assert.Equal(
            [
                "Held 1:R1 of 1:A 100-0+0 balance 343 until 60", "Expired 2:R2 of 1:A 50-0+0 balance 393 until 20",
                "Held 3:R3 of 1:A 7-0+0 balance 343 until 55",
            ],
            await RedemptionsAsync(new RedemptionQuery()));
        await AssertProvedAsync();

        database.Execute("update redemption set hold_expires_at = hold_expires_at + 1000000 where id = 3");
        var told = new List<string>();
        Assert.Equal(1, await LedgerVerification.RunAsync(store, told.Add, CancellationToken.None));
        Assert.Contains(told, line => line.Contains("Redemption 3: hold_expires_at is ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_offs_of_a_group_are_proved_beside_every_other_write()
    {
        Write("create A=500 B=300/off");
        Write("update 1:A=600", "writeoff 1=5", "writeoff 1=6 because old", "redeem A 10 R", "writeoff 1=7", "update 1:A=700", "writeoff 1 2");
        Reopen();
        Assert.Equal(
            ["1:A=700/on v8 spent 700", "2:B=300/off v2 spent 300"],
            (await ListAsync(CertificateQuery.Everything)).Select(one => $"{one} spent {one.Spent}"));
        Assert.Equal(
            [
                "1 Adjusted +100 balance 600 500>600", "1 Forfeited -5 balance 595", "1 Forfeited -6 balance 589 reason",
                "1 Captured r1 -10 balance 579", "1 Forfeited -7 balance 572", "1 Adjusted +100 balance 672 600>700",
                "1 Forfeited -672 balance 0", "2 Forfeited -300 balance 0",
            ],
            Journal());
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_large_write_off_is_one_write()
    {
        Write($"create {string.Join(' ', Enumerable.Range(1, 2_500).Select(number => $"C{number}=5"))}");
        Write($"writeoff {string.Join(' ', Enumerable.Range(1, 2_500))} because lapsed");
        Assert.Equal(2_500, await CountAsync(CertificateQuery.Everything));
        Assert.All(await ListAsync(CertificateQuery.Everything), one => Assert.Equal(5, one.Spent));
        await AssertProvedAsync();
    }

    [Fact]
    public void Terms_are_kept_changed_and_taken_away()
    {
        var note = "подарок 🎁\n" + new string('n', 480);
        CertificateTerms first = new() { StartsAt = Instants.Later(5), ExpiresAt = Instants.Later(90), SingleUse = true, Note = note };
        Write(Instants.Start, new CreateCertificates([new(CommandText.Code("A"), true, 500, first), new(CommandText.Code("B"), true, 500)])
        {
            Origin = new(DefaultSite, CommandText.Actor),
        });
        Reopen();
        Assert.Equal((first, CertificateTerms.Unlimited), (Loaded(1).Terms, Loaded(2).Terms));

        Write("update 1:A2/many/from6 2:B/untilnever");
        Reopen();
        Assert.Equal(first with { SingleUse = false, StartsAt = Instants.Later(6) }, Loaded(1).Terms);
        Assert.Equal(1, Loaded(2).Version);

        Write("update 1:A2/fromnever/untilnever");
        Assert.Equal(new CertificateTerms { Note = note }, Loaded(1).Terms);
    }

    [Fact]
    public void A_transaction_finds_the_redemptions_its_footprint_names_with_their_certificates()
    {
        Write("create A-1=500 a1=500 B=500");
        Write("hold A-1 10 R until 60", "redeem a1 10 R", "redeem B 10 S", "hold B 10 R until 60", "release 4", "redeem B 5 R");
        using (var transaction = store.Begin(DefaultSite, FootprintOf(CommandText.Parse("capture 4")), Instants.Start))
        {
            Assert.Equal(RedemptionState.Released, transaction.State.FindRedemption(4)!.State);
            Assert.Equal("B", transaction.State.Find(3)!.Code.Text);
            Assert.Null(transaction.State.FindRedemption(3));
            Assert.Equal((3, 5, 9), (transaction.State.LastCertificateId, transaction.State.LastRedemptionId, transaction.State.LastEntryId));
        }
        var payments = new[] { CommandText.Parse("redeem A␣1 1 R"), CommandText.Parse("redeem #3 1 R"), CommandText.Parse("redeem #3 1 X") };
        using (var transaction = store.Begin(DefaultSite, FootprintOf(payments), Instants.Start))
        {
            // Both certificates that the code may mean, and the live redemptions of each with the reference.
            Assert.Equal(["A-1", "a1", "B"], new long[] { 1, 2, 3 }.Select(id => transaction.State.Find(id)!.Code.Text));
            Assert.Equal([1L, 2L, 5L], new long[] { 1, 2, 3 }.Select(id => transaction.State.FindLive(id, "R")!.Id));
            Assert.Null(transaction.State.FindLive(3, "X"));
            Assert.Null(transaction.State.FindLive(3, "S"));
            Assert.Null(transaction.State.FindByCode(CommandText.Code("A␣1")));
            Assert.Equal(2, transaction.State.FindByCode(CommandText.Code("a1"))!.Id);
        }
    }

    [Fact]
    public void An_ended_redemption_gives_its_reference_up_to_one_of_the_same_group()
    {
        Write("create A=500");
        Write("hold A 10 R until 60");
        Assert.Equal(
            [
                "Released 1:R of 1:A 10-0+0 balance 500 until 60", "Held 2:R of 1:A 10-0+0 balance 490 until 60",
                "Released 2:R of 1:A 10-0+0 balance 500 until 60", "Captured 3:R of 1:A 10-10+0 balance 490",
            ],
            Write("release 1", "hold A 10 R until 60", "release 2", "redeem A 10 R"));
        Reopen();
        Assert.Equal(["DuplicateReference 3"], Write("redeem A 10 R"));
    }

    /// <summary>Several pages of each filter, compared with the same query on the whole list in memory.</summary>
    [Theory]
    [MemberData(nameof(RedemptionFilters), DisableDiscoveryEnumeration = true)]
    public async Task Redemptions_are_filtered_and_cut_into_pages(string filter, RedemptionQuery query)
    {
        Assert.NotEmpty(filter);
        Write("create A=500 B=500 C=500");
        WriteAt(Instants.Later(1), DefaultSite, "hold A 1 R until 3", "hold B 2 R until 60", "hold A 4 Заказ-1 until 60", "release 2");
        WriteAt(Instants.Later(2), DefaultSite, "redeem B 8 r");
        WriteAt(Instants.Later(4), DefaultSite, "expire", "redeem A 16 R", "update 1:A2", "hold B 32 R");
        var all = await RedemptionLinesAsync(new RedemptionQuery());
        Assert.Equal(6, all.Count);

        var expected = all.Where(line => Matches(query, line)).ToList();
        Assert.Equal(expected.Count, await store.CountAsync(DefaultSite, query, CancellationToken.None));
        foreach (var descending in new[] { false, true })
        {
            var ordered = descending ? expected.AsEnumerable().Reverse().ToList() : expected;
            foreach (var (skip, take) in new (int, int?)[] { (0, null), (0, 1), (0, 3), (1, 2), (3, 3), (2, null), (8, 5), (0, 0) })
            {
                var page = query with { Descending = descending, Skip = skip, Take = take };
                Assert.Equal(ordered.Skip(skip).Take(take ?? int.MaxValue), await RedemptionLinesAsync(page));
                Assert.Equal(expected.Count, await store.CountAsync(DefaultSite, page, CancellationToken.None));
            }
        }
    }

    private static bool Matches(RedemptionQuery query, RedemptionLine line) =>
        (query.Id ?? line.Id) == line.Id
        && (query.CertificateId ?? line.CertificateId) == line.CertificateId
        && (query.Reference ?? line.Reference) == line.Reference
        && (query.State ?? line.State) == line.State
        && !(line.CreatedAt <= query.CreatedAfter)
        && !(line.CreatedAt >= query.CreatedBefore)
        && !(line.Id <= query.AfterId);

    private Certificate Loaded(long id)
    {
        var footprint = new Footprint();
        footprint.AddCertificate(id);
        using var transaction = store.Begin(DefaultSite, footprint, Instants.Start);
        return transaction.State.Find(id)!;
    }

    private async Task<string[]> RedemptionsAsync(RedemptionQuery query, long siteId = DefaultSite) =>
        [.. (await RedemptionLinesAsync(query, siteId)).Select(OutcomeText.Of)];

    private async Task<List<RedemptionLine>> RedemptionLinesAsync(RedemptionQuery query, long siteId = DefaultSite)
    {
        await using var rows = await store.QueryAsync(siteId, query, CancellationToken.None);
        return await AllOf(rows);
    }

    private static async Task<List<TRow>> AllOf<TRow>(IRows<TRow> rows)
    {
        var all = new List<TRow>();
        while (await rows.ReadAsync(CancellationToken.None))
            all.Add(rows.Current);
        return all;
    }
}
