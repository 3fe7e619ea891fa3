using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    public static TheoryData<string, CertificateQuery> Filters => new()
    {
        { "everything", CertificateQuery.Everything },
        { "an id", new CertificateQuery { Id = 3 } },
        { "an id that does not exist", new CertificateQuery { Id = 99 } },
        { "some ids", new CertificateQuery { Ids = [6, 2, 99] } },
        { "a single one of some ids", new CertificateQuery { Ids = [5] } },
        { "some ids that do not exist", new CertificateQuery { Ids = [99, 100] } },
        { "a code", new CertificateQuery { Code = "b-2" } },
        { "a code in another case", new CertificateQuery { Code = "B-2" } },
        { "part of a code", new CertificateQuery { Search = "-1" } },
        { "part of a code in another case", new CertificateQuery { Search = "B-" } },
        { "part of a code in another case and alphabet", new CertificateQuery { Search = "ПОДАРОК-ä" } },
        { "part of a code that means something to SQL", new CertificateQuery { Search = "%" } },
        { "part of a code with look-alikes", new CertificateQuery { Search = "ОДА" } },
        { "part of a code in full-width letters", new CertificateQuery { Search = "ａ１" } },
        { "part of a code after an id", new CertificateQuery { Search = "П0", AfterId = 5 } },
        { "a letter at the end", new CertificateQuery { Search = "ς" } },
        { "any part", new CertificateQuery { Search = "" } },
        { "an empty code", new CertificateQuery { Code = "" } },
        { "active ones", new CertificateQuery { IsActive = true } },
        { "inactive ones", new CertificateQuery { IsActive = false } },
        { "at least", new CertificateQuery { MinFaceValue = 500 } },
        { "at most", new CertificateQuery { MaxFaceValue = 500 } },
        { "exactly", new CertificateQuery { MinFaceValue = 500, MaxFaceValue = 500 } },
        { "none between", new CertificateQuery { MinFaceValue = 501, MaxFaceValue = 500 } },
        { "created after", new CertificateQuery { CreatedAfter = Instants.Later(2) } },
        { "created before", new CertificateQuery { CreatedBefore = Instants.Later(2) } },
        { "created between", new CertificateQuery { CreatedAfter = Instants.Later(1), CreatedBefore = Instants.Later(3) } },
        { "updated after", new CertificateQuery { UpdatedAfter = Instants.Later(3) } },
        { "created after, less than a microsecond earlier", new CertificateQuery { CreatedAfter = Instants.Later(2).AddTicks(-1) } },
        { "created after, less than a microsecond later", new CertificateQuery { CreatedAfter = Instants.Later(2).AddTicks(9) } },
        { "created before, less than a microsecond earlier", new CertificateQuery { CreatedBefore = Instants.Later(2).AddTicks(-9) } },
        { "created before, less than a microsecond later", new CertificateQuery { CreatedBefore = Instants.Later(2).AddTicks(1) } },
        { "created before the end of time", new CertificateQuery { CreatedBefore = DateTimeOffset.MaxValue } },
        { "updated after, less than a microsecond earlier", new CertificateQuery { UpdatedAfter = Instants.Later(3).AddTicks(-1) } },
        { "in another time zone", new CertificateQuery { CreatedAfter = Instants.Later(2).ToOffset(TimeSpan.FromHours(3)) } },
        { "after an id", new CertificateQuery { AfterId = 4 } },
        { "after the last id", new CertificateQuery { AfterId = 8 } },
        {
            "all at once",
            new CertificateQuery
            {
                Id = 6, Code = "подарок-Ä", Search = "подарок", IsActive = true, MinFaceValue = 1, MaxFaceValue = 900,
                CreatedAfter = Instants.Start, CreatedBefore = Instants.Later(9), UpdatedAfter = Instants.Start, AfterId = 5,
            }
        },
        { "all but one at once", new CertificateQuery { Id = 6, Search = "подарок", IsActive = false } },
    };

    /// <summary>Every order and several pages of each filter, compared with the same query on the whole list in memory.</summary>
    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task Lists_are_filtered_ordered_and_cut_into_pages(string filter, CertificateQuery query)
    {
        WriteMixedList();
        var all = await ListAsync(CertificateQuery.Everything);
        Assert.Equal(8, all.Count);
        Assert.NotEmpty(filter);

        Assert.Equal(all.Count(certificate => Matches(query, certificate)), await CountAsync(query));
        foreach (var order in Enum.GetValues<CertificateOrder>())
        {
            foreach (var descending in new[] { false, true })
            {
                var ordered = query with { Order = order, Descending = descending };
                var expected = Ordered(all.Where(certificate => Matches(query, certificate)), order, descending).ToList();
                Assert.Equal(expected, await ListAsync(ordered));
                foreach (var (skip, take) in new (int, int?)[] { (0, 1), (0, 3), (1, 2), (3, 3), (2, null), (8, 5), (0, 0) })
                {
                    var page = ordered with { Skip = skip, Take = take };
                    Assert.Equal(expected.Skip(skip).Take(take ?? int.MaxValue), await ListAsync(page));
                    Assert.Equal(expected.Count, await CountAsync(page));
                }
            }
        }
    }

    [Fact]
    public async Task Walking_by_the_last_id_meets_every_certificate_once()
    {
        Write($"create {string.Join(' ', Enumerable.Range(1, 25).Select(n => $"C{n}"))}");
        var met = new List<long>();
        List<ListedCertificate> page;
        do
        {
            page = await ListAsync(new CertificateQuery { AfterId = met.LastOrDefault(), Take = 7 });
            met.AddRange(page.Select(certificate => certificate.Id));
        }
        while (page.Count > 0);
        Assert.Equal(Enumerable.Range(1, 25).Select(id => (long)id), met);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(4, 2)]
    [InlineData(9, 2)]
    [InlineData(0, 9)]
    [InlineData(0, 5)]
    public async Task A_counted_page_and_its_total_are_of_one_state(int skip, int take)
    {
        Write("create A=1 B=1 C=1 D=1 E=1 F=9");
        var query = new CertificateQuery { MaxFaceValue = 5, Skip = skip, Take = take, IsCounted = true };
        await using var rows = await store.QueryAsync(DefaultSite, query, CancellationToken.None);

        Write("create G=1 H=1");

        Assert.Equal(Math.Clamp(5 - skip, 0, take), (await RestOf(rows)).Count);
        Assert.Equal(5, rows.Total);
    }

    [Fact]
    public async Task A_total_counts_all_pages_also_of_a_walk()
    {
        Write("create A B C D");
        Assert.Equal((2, 4), await CountedAsync(new CertificateQuery { AfterId = 2, Take = 9, IsCounted = true }));
        Assert.Equal((4, null), await CountedAsync(new CertificateQuery { Take = 9 }));

        async Task<(int Rows, long? Total)> CountedAsync(CertificateQuery query)
        {
            await using var rows = await store.QueryAsync(DefaultSite, query, CancellationToken.None);
            return ((await RestOf(rows)).Count, rows.Total);
        }
    }

    [Fact]
    public async Task A_list_that_is_cancelled_ends_between_two_rows()
    {
        Write("create A B C");
        using var cancellation = new CancellationTokenSource();
        await using (var rows = await store.QueryAsync(DefaultSite, CertificateQuery.Everything, cancellation.Token))
        {
            Assert.True(await rows.ReadAsync(cancellation.Token));
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rows.ReadAsync(cancellation.Token));
        }
        Assert.Equal(3, (await ListAsync(CertificateQuery.Everything)).Count);
    }

    [Fact]
    public async Task An_empty_site_has_an_empty_list_of_none()
    {
        Assert.Empty(await ListAsync(CertificateQuery.Everything));
        Assert.Equal(0, await CountAsync(CertificateQuery.Everything));
        Assert.Equal(0, await CountAsync(new CertificateQuery { IsActive = true }));
    }

    [Fact]
    public async Task A_list_that_is_given_up_half_way_leaves_nothing_behind()
    {
        WriteMixedList();
        // More shapes of lists than any adapter keeps statements for.
        for (var shape = 0; shape < 160; shape++)
        {
            var query = new CertificateQuery
            {
                Order = (CertificateOrder)(shape % 5),
                Descending = shape / 5 % 2 == 1,
                IsActive = shape / 10 % 2 == 1 ? true : null,
                MinFaceValue = shape / 20 % 2 == 1 ? 0 : null,
                MaxFaceValue = shape / 40 % 2 == 1 ? long.MaxValue : null,
                AfterId = shape / 80 % 2 == 1 ? 0 : null,
            };
            await using var rows = await store.QueryAsync(DefaultSite, query, CancellationToken.None);
            Assert.True(await rows.ReadAsync(CancellationToken.None));
        }
        Assert.Equal(["Accepted 9:NEW=0/on v1"], Write("create NEW"));
        Assert.Equal(9, (await ListAsync(CertificateQuery.Everything)).Count);
    }

    private void WriteMixedList()
    {
        Write("create a-1=500 b-2=0/off");
        WriteAt(Instants.Later(1), DefaultSite, "create A-1=500/off");
        WriteAt(Instants.Later(2), DefaultSite, "create %=1000000000000000", "create подарок-ё=500/off");
        WriteAt(Instants.Later(3), DefaultSite, "create подарок-Ä=900 ΟΔΟΣ=499 \uffee=501/off");
        WriteAt(Instants.Later(4), DefaultSite, "update 2:b-2=7 5:подарок-ё/on");
        WriteAt(Instants.Later(5), DefaultSite, "update 1:a-1/off");
    }

    private static bool Matches(CertificateQuery query, ListedCertificate certificate) =>
        (query.Id is null || certificate.Id == query.Id)
        && (query.Ids is null || query.Ids.Contains(certificate.Id))
        && (query.AfterId is null || certificate.Id > query.AfterId)
        && (query.Code is null || certificate.Code == query.Code)
        && (query.Search is null || CertificateCode.Fold(certificate.Code).Contains(CertificateCode.Fold(query.Search), StringComparison.Ordinal))
        && (query.IsActive is null || certificate.IsActive == query.IsActive)
        && (query.MinFaceValue is null || certificate.FaceValue >= query.MinFaceValue)
        && (query.MaxFaceValue is null || certificate.FaceValue <= query.MaxFaceValue)
        && (query.CreatedAfter is null || certificate.CreatedAt > query.CreatedAfter)
        && (query.CreatedBefore is null || certificate.CreatedAt < query.CreatedBefore)
        && (query.UpdatedAfter is null || certificate.UpdatedAt > query.UpdatedAfter);

    private static IEnumerable<ListedCertificate> Ordered(IEnumerable<ListedCertificate> list, CertificateOrder order, bool descending)
    {
        var byId = list.OrderBy(certificate => certificate.Id);
        return order switch
        {
            CertificateOrder.Id => By(certificate => certificate.Id),
            // As UTF-8 bytes, which is by code point: the same in every database and on every machine.
            CertificateOrder.Code => By(certificate => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(certificate.Code))),
            CertificateOrder.Value => By(certificate => certificate.FaceValue),
            CertificateOrder.CreatedAt => By(certificate => certificate.CreatedAt),
            CertificateOrder.UpdatedAt => By(certificate => certificate.UpdatedAt),
        };

        // Stable sorts: ties stay in the order of the ids in either direction.
        IEnumerable<ListedCertificate> By<T>(Func<ListedCertificate, T> key) =>
            descending ? byId.OrderByDescending(key) : byId.OrderBy(key);
    }
}
