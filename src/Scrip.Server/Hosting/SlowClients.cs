namespace Scrip.Server.Hosting;

/// <summary>How long the server puts up with a slow client.</summary>
internal static class SlowClients
{
    /// <summary>
    /// A client that is slower than this for long is cut off. One that reads a list holds a reader, and the log cannot be trimmed past it;
    /// one that sends the body of a bulk call holds a place and a buffer. A body that is fast enough for this has
    /// <see cref="ScripOptions.MaxBodySeconds"/> all the same.
    /// </summary>
    public const int MinBytesPerSecond = 4096;

    /// <summary>
    /// The longest that one piece of a list may wait for its client. The rate above is an average over the whole response: after a fast
    /// start, a client could stop reading for hours without falling below it.
    /// </summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(30);
}
