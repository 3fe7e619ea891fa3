namespace Scrip.Server.Hosting;

/// <summary>How long the server tolerates slow clients.</summary>
internal static class SlowClients
{
    /// <summary>
    /// The lowest rate of a client; one that is slower for long is disconnected. A client that reads a list holds a reader, and the log
    /// cannot be trimmed past it; one that sends the body of a bulk call holds a place and a buffer. A body that is fast enough is still
    /// limited by <see cref="ScripOptions.MaxBodySeconds"/>.
    /// </summary>
    public const int MinBytesPerSecond = 4096;

    /// <summary>
    /// How long one piece of a list may wait for its client. The rate above is an average over the whole response: after a fast start, a
    /// client could stop reading for hours without falling below it.
    /// </summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(30);
}
