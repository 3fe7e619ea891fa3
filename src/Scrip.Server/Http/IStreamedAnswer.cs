namespace Scrip.Server.Http;

/// <summary>A response that is sent while it is written.</summary>
internal interface IStreamedAnswer : IDisposable
{
    /// <summary>
    /// Sends the buffered bytes if they fill a piece. Call it between two items. Returns false if the client has disconnected.
    /// </summary>
    ValueTask<bool> SendFullAsync(CancellationToken cancellationToken);

    ValueTask EndAsync(CancellationToken cancellationToken);
}
