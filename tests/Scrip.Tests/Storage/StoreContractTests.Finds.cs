using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_certificate_is_found_by_its_id_in_its_site()
    {
        var other = OpenSite("other");
        Write("create A=500/single B", "redeem A 100 R1");
        WriteAt(Instants.Start, other, "create ß=7");

        var found = await FindAsync(1);
        // The first capture of a single-use certificate spends it completely.
        Assert.Equal(("A", 500, 500, 2), (found!.Code.Text, found.FaceValue, found.Spent, found.Version));
        Assert.True(found.Terms.SingleUse);
        Assert.Equal("B", (await FindAsync(2))!.Code.Text);
        Assert.Equal("ß", (await FindAsync(1, other))!.Code.Text);
        Assert.Null(await FindAsync(2, other));
        Assert.Null(await FindAsync(3));
        Assert.Null(await FindAsync(0));
        Assert.Null(await FindAsync(long.MaxValue));
        Assert.Null(await FindAsync(1, siteId: 99));
    }

    [Fact]
    public async Task Certificates_that_many_look_for_at_once_each_reach_the_one_who_asked()
    {
        const int certificates = 50;
        var other = OpenSite("other");
        Write("create " + string.Join(' ', Enumerable.Range(1, certificates).Select(id => $"A{id}")));
        WriteAt(Instants.Start, other, "create " + string.Join(' ', Enumerable.Range(1, certificates).Select(id => $"B{id}")));

        // More than fit into one query, each id several times, and some that do not exist.
        var finds = Enumerable.Range(0, 2_000).Select(number =>
            (Id: number % (certificates + 5) + 1, SiteId: number % 3 == 0 ? other : DefaultSite)).ToList();
        var found = await Task.WhenAll(finds.Select(find => Task.Run(() => FindAsync(find.Id, find.SiteId))));
        Assert.Equal(
            finds.Select(find => find.Id > certificates ? null : $"{(find.SiteId == other ? "B" : "A")}{find.Id}"),
            found.Select(certificate => certificate?.Code.Text));
    }

    [Fact]
    public async Task Who_was_told_that_a_write_is_done_finds_it()
    {
        Write("create A");
        for (var value = 1; value <= 50; value++)
        {
            var others = Enumerable.Range(0, 20).Select(_ => FindAsync(1)).ToList();
            Write($"update 1:A={value}");
            Assert.Equal(value, (await FindAsync(1))!.FaceValue);
            Assert.All(await Task.WhenAll(others), found => Assert.InRange(found!.FaceValue, value - 1, value));
        }
    }

    [Fact]
    public async Task Who_goes_away_does_not_take_the_others_along()
    {
        Write("create A");
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var left = Enumerable.Range(0, 20).Select(number =>
            store.FindAsync(DefaultSite, 1, number % 2 == 0 ? gone.Token : CancellationToken.None).AsTask()).ToList();
        for (var number = 1; number < left.Count; number += 2)
            Assert.Equal("A", (await left[number])!.Code.Text);
        Assert.Equal("A", (await FindAsync(1))!.Code.Text);
        for (var number = 0; number < left.Count; number += 2)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left[number]);
    }

    private Task<Certificate?> FindAsync(long id, long siteId = DefaultSite) => store.FindAsync(siteId, id, CancellationToken.None).AsTask();
}
