using System.Globalization;
using Scrip.Ledger;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>The journal as it is read: with the issues, which have no rows of their own, in the order of commits.</summary>
public abstract partial class StoreContractTests
{
    public static TheoryData<string, EntryQuery> EntryFilters => new()
    {
        { "everything", new EntryQuery() },
        { "of a certificate", new EntryQuery { CertificateId = 1 } },
        { "of another certificate", new EntryQuery { CertificateId = 2 } },
        { "of a certificate to which nothing happened", new EntryQuery { CertificateId = 3 } },
        { "of a certificate that does not exist", new EntryQuery { CertificateId = 99 } },
        { "of a reference", new EntryQuery { Reference = "R" } },
        { "of another reference", new EntryQuery { Reference = "S" } },
        { "of a reference in another case", new EntryQuery { Reference = "r" } },
        { "of a reference and a certificate", new EntryQuery { Reference = "R", CertificateId = 1, Kind = EntryKind.Captured } },
        { "of a reference and a certificate without it", new EntryQuery { Reference = "R", CertificateId = 2 } },
        { "issues", new EntryQuery { Kind = EntryKind.Issued } },
        { "captures", new EntryQuery { Kind = EntryKind.Captured } },
        { "none of this kind", new EntryQuery { Kind = EntryKind.Forfeited } },
        { "made after", new EntryQuery { CreatedAfter = Instants.Later(2) } },
        { "made before", new EntryQuery { CreatedBefore = Instants.Later(2) } },
        { "made before, less than a microsecond later", new EntryQuery { CreatedBefore = Instants.Later(2).AddTicks(1) } },
        { "made after, less than a microsecond earlier", new EntryQuery { CreatedAfter = Instants.Later(2).AddTicks(-1) } },
        { "after an id", new EntryQuery { AfterId = 4 } },
        { "after the last id", new EntryQuery { AfterId = 999 } },
        {
            "all at once",
            new EntryQuery
            {
                CertificateId = 1, Kind = EntryKind.Captured, CreatedAfter = Instants.Start, CreatedBefore = Instants.Later(9), AfterId = 4,
            }
        },
        { "all but one at once", new EntryQuery { CertificateId = 2, Kind = EntryKind.Adjusted, AfterId = 4 } },
    };

    [Fact]
    public async Task The_journal_has_everything_in_the_order_in_which_it_was_committed()
    {
        WriteJournal();
        Reopen();
        Assert.Equal(
            [
                "1 Issued 1 +500=500 of 500 by 7 at 0", "2 Issued 2 +900=900 of 900 by 7 at 0",
                "3 Held 1 r1 R-100=400 of 500 by 7 at 1", "4 Issued 3 +0=0 of 0 by 7 at 1",
                "5 Adjusted 2 +100=1000 of 1000 by 7 at 1", "6 Renamed 2 +0=1000 of 1000 by 7 at 1",
                "7 Captured 1 r1 R-40=400 of 500 by 7 at 2", "8 Captured 1 r2 S-7=393 of 500 by 7 at 2",
                "9 HoldExpired 1 r1 R+60=453 of 500 by -2 at 3", "10 Refunded 1 r2 S+7=460 of 500 by 7 at 9",
                "11 Issued 4 +5=5 of 5 by 7 at 9",
            ],
            (await EntriesAsync(new EntryQuery())).Select(Text));
    }

    [Fact]
    public async Task The_newest_date_of_all_entries_stays_known_when_the_clock_is_set_back()
    {
        Assert.Equal(DateTimeOffset.UnixEpoch, await store.ReadNewestEntryAtAsync(CancellationToken.None));
        var other = OpenSite("second");
        WriteAt(Instants.Later(10), DefaultSite, "create A=500");
        Assert.Equal(Instants.Later(10), await store.ReadNewestEntryAtAsync(CancellationToken.None));
        WriteAt(Instants.Later(90), DefaultSite, "redeem A 1 R1");
        WriteAt(Instants.Later(30), DefaultSite, "redeem A 1 R2");
        WriteAt(Instants.Later(40), other, "create B=5");
        WriteAt(Instants.Later(99), other, "update 9:X");
        Reopen();
        Assert.Equal(Instants.Later(90), await store.ReadNewestEntryAtAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    public async Task The_journal_has_every_line_of_a_write_of_many(int count)
    {
        Write("create " + Joined(count, id => $"A{id}=500"));
        Write("update " + Joined(count, id => $"{id}:A{id}=5{id:00}"));
        Assert.Equal(
            Enumerable.Range(1, count).Select(id => $"{count + id} Adjusted {id} +{id}=5{id:00} of 5{id:00} by 7 at 0"),
            (await EntriesAsync(new EntryQuery { AfterId = count })).Select(Text));
    }

    [Fact]
    public async Task A_timeline_has_the_lines_of_one_certificate_however_the_journal_interleaves_them()
    {
        Write("create A=500 B=500 C");
        for (var turn = 1; turn <= 20; turn++)
            Write($"update 1:A{turn}=5{turn:00}", $"redeem #2 1 R{turn}", $"update 2:B{turn}");
        foreach (var id in new long[] { 1, 2, 3 })
        {
            var timeline = await EntriesAsync(new EntryQuery { CertificateId = id });
            Assert.Equal((await EntriesAsync(new EntryQuery())).Where(entry => entry.CertificateId == id), timeline);
            Assert.Equal(EntryKind.Issued, timeline[0].Kind);
            Assert.Equal(id == 3 ? 1 : 41, timeline.Count);
        }
    }

    [Fact]
    public void Each_line_names_the_certificate_s_line_before_it()
    {
        WriteJournal();
        Assert.Equal(
            [(3, 1), (5, 2), (6, 5), (7, 3), (8, 7), (9, 8), (10, 9)],
            database.ReadEntries(DefaultSite).Select(entry => ((int)entry.Id, (int)entry.PreviousId)));
        Assert.Equal((10, 6, 4), ((int)Loaded(1).LastEntryId, (int)Loaded(2).LastEntryId, (int)Loaded(3).LastEntryId));
        Assert.Equal((1, 2, 11), ((int)Loaded(1).IssuedEntryId, (int)Loaded(2).IssuedEntryId, (int)Loaded(4).IssuedEntryId));
    }

    /// <summary>Several pages of each filter, compared with the same query on the whole journal in memory.</summary>
    [Theory]
    [MemberData(nameof(EntryFilters), DisableDiscoveryEnumeration = true)]
    public async Task The_journal_is_filtered_and_cut_into_pages(string filter, EntryQuery query)
    {
        Assert.NotEmpty(filter);
        WriteJournal();
        var all = await EntriesAsync(new EntryQuery());
        Assert.Equal(11, all.Count);

        var expected = all.Where(entry => Matches(query, entry)).ToList();
        Assert.Equal(expected.Count, await store.CountAsync(DefaultSite, query, CancellationToken.None));
        foreach (var (skip, take) in new (int, int?)[] { (0, null), (0, 1), (0, 3), (1, 2), (3, 3), (2, null), (12, 5), (0, 0) })
        {
            var page = query with { Skip = skip, Take = take };
            Assert.Equal(expected.Skip(skip).Take(take ?? int.MaxValue), await EntriesAsync(page));
            Assert.Equal(expected.Count, await store.CountAsync(DefaultSite, page, CancellationToken.None));
        }
    }

    /// <summary>The same reference on several certificates, twice on one of them, and next to others.</summary>
    [Fact]
    public async Task The_entries_of_a_reference_are_those_of_all_its_redemptions()
    {
        Assert.Equal(0, await store.ReadLastEntryIdAsync(DefaultSite, CancellationToken.None));
        Write("create A=500 B=500 C=500");
        Write("hold A 1 R", "redeem B 2 R", "redeem A 3 S", "release 1", "redeem C 4 S", "redeem A 5 R", "refund 2 1", "update 1:A=499");
        Assert.Equal(11, await store.ReadLastEntryIdAsync(DefaultSite, CancellationToken.None));
        Assert.Equal(0, await store.ReadLastEntryIdAsync(siteId: 2, CancellationToken.None));

        var all = await EntriesAsync(new EntryQuery());
        foreach (var (reference, count) in new[] { ("R", 5), ("S", 2), ("T", 0) })
        {
            var query = new EntryQuery { Reference = reference };
            Assert.Equal(all.Where(entry => entry.Reference == reference), await EntriesAsync(query));
            Assert.Equal(count, await store.CountAsync(DefaultSite, query, CancellationToken.None));
        }
    }

    private void WriteJournal()
    {
        Write("create A=500 B=900");
        WriteAt(Instants.Later(1), DefaultSite, "hold A 100 R until 3", "create C", "update 2:B2=1000");
        WriteAt(Instants.Later(2), DefaultSite, "capture 1 40 keep", "redeem A 7 S");
        WriteAt(Instants.Later(9), DefaultSite, "expire", "refund 2 because broken", "create D=5");
    }

    private static bool Matches(EntryQuery query, EntryRow entry) =>
        (query.CertificateId ?? entry.CertificateId) == entry.CertificateId
        && (query.Reference ?? entry.Reference) == entry.Reference
        && (query.Kind ?? entry.Kind) == entry.Kind
        && !(entry.CreatedAt <= query.CreatedAfter)
        && !(entry.CreatedAt >= query.CreatedBefore)
        && !(entry.Id <= query.AfterId);

    private static string Text(EntryRow entry)
    {
        var redemption = entry.RedemptionId == 0 ? "" : $" r{entry.RedemptionId} {entry.Reference}";
        var at = (entry.CreatedAt - Instants.Start).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var amount = $"{(redemption.Length == 0 ? " " : "")}{entry.Amount:+0;-0;+0}={entry.BalanceAfter}";
        return $"{entry.Id} {entry.Kind} {entry.CertificateId}{redemption}{amount} of {entry.FaceValueAfter} by {entry.Actor} at {at}";
    }

    private async Task<List<EntryRow>> EntriesAsync(EntryQuery query, long siteId = DefaultSite)
    {
        await using var rows = await store.QueryAsync(siteId, query, CancellationToken.None);
        return await AllOf(rows);
    }
}
