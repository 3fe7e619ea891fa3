using Scrip.Storage.Reads;

namespace Scrip.Tests.Storage;

/// <summary>Which lists are cut when they keep too much of the database's log.</summary>
public sealed class ListPlacesTests
{
    private readonly ListPlaces places = new(atOnce: 12, perSite: 12, longest: TimeSpan.FromHours(1));

    [Fact]
    public async Task The_only_list_is_cut()
    {
        var lists = await TakeAsync(1);

        places.CutOldest();

        Assert.Equal("cut", Describe(lists));
    }

    [Fact]
    public async Task The_older_half_of_several_lists_is_cut_and_then_that_of_the_others()
    {
        var lists = await TakeAsync(5);

        places.CutOldest();
        Assert.Equal("cut cut open open open", Describe(lists));
        lists[0].Dispose();
        places.CutOldest();
        Assert.Equal("cut cut open open open", Describe(lists));
        lists[1].Dispose();
        places.CutOldest();
        Assert.Equal("cut cut cut open open", Describe(lists));
    }

    [Fact]
    public void Without_lists_nothing_is_cut() => places.CutOldest();

    private static string Describe(IEnumerable<ListPlace> lists) =>
        string.Join(' ', lists.Select(list => list.Cut.IsCancellationRequested ? "cut" : "open"));

    private async Task<List<ListPlace>> TakeAsync(int count)
    {
        var lists = new List<ListPlace>();
        for (var number = 0; number < count; number++)
            lists.Add(await places.TakeAsync(siteId: 1, CancellationToken.None));
        return lists;
    }
}
