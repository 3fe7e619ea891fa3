namespace Scrip.Storage;

/// <summary>How the rows of all pages are counted, in the state in which one page is read.</summary>
/// <param name="Statement">Counts the rows of all pages.</param>
/// <param name="Take">The most rows of the page.</param>
/// <param name="IsWalk">Whether the page begins after an id, so that the number of the rows before it is not known.</param>
internal sealed record PageCount(ComposedQuery Statement, long Skip, long Take, bool IsWalk)
{
    /// <summary>
    /// Returns the number if the page tells it; otherwise null. A page that is not full is the last one, unless it is past the end.
    /// </summary>
    public long? KnownFrom(long rows) => !IsWalk && rows < Take && (rows > 0 || Skip == 0) ? Skip + rows : null;
}
