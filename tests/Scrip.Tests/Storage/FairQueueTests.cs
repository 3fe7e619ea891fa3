using Scrip.Storage.Reads;

namespace Scrip.Tests.Storage;

/// <summary>Sites take turns, however much of each is waiting.</summary>
public sealed class FairQueueTests
{
    [Fact]
    public void Sites_take_turns()
    {
        var queue = new FairQueue<string>(atOnce: 100, perSite: 100, waitingPerSite: 100);
        foreach (var item in new[] { "1a", "1b", "1c", "2a", "3a", "2b" })
            queue.Add(item[0], item);

        Assert.Equal("1a 2a 3a 1b 2b 1c", string.Join(' ', TakeAll(queue)));
    }

    [Fact]
    public void A_site_has_no_more_than_its_share_however_much_is_free()
    {
        var queue = new FairQueue<string>(atOnce: 3, perSite: 2, waitingPerSite: 100);
        foreach (var item in new[] { "1a", "1b", "1c", "2a", "3a" })
            queue.Add(item[0], item);

        Assert.Equal("1a 2a 3a", string.Join(' ', TakeAll(queue)));
        queue.End('3');
        Assert.Equal("1b", string.Join(' ', TakeAll(queue)));
        queue.End('2');
        Assert.Empty(TakeAll(queue));
        queue.End('1');
        Assert.Equal("1c", string.Join(' ', TakeAll(queue)));
    }

    [Fact]
    public void Too_many_of_a_site_are_refused_and_those_that_left_do_not_count()
    {
        var queue = new FairQueue<string>(atOnce: 0, perSite: 1, waitingPerSite: 2);
        var first = queue.Add(1, "a");
        Assert.NotNull(first);
        Assert.NotNull(queue.Add(1, "b"));
        Assert.Null(queue.Add(1, "c"));
        Assert.NotNull(queue.Add(1, "begun", isBegun: true));
        Assert.NotNull(queue.Add(2, "other"));

        Assert.True(queue.Remove(1, first));
        Assert.False(queue.Remove(1, first));
        Assert.Null(queue.Add(1, "d"));
    }

    private static List<string> TakeAll(FairQueue<string> queue)
    {
        var taken = new List<string>();
        while (queue.TryTake(out var next))
            taken.Add(next);
        return taken;
    }
}
