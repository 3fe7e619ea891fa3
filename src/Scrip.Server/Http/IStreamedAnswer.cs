namespace Scrip.Server.Http;

/// <summary>An answer that is sent while it is written, in one form or another.</summary>
internal interface IStreamedAnswer : IDisposable
{
    /// <summary>Between two items: sends what has gathered if it is enough. Answers false when nobody is there to read on.</summary>
    ValueTask<bool> SendFullAsync(CancellationToken cancellationToken);

    ValueTask EndAsync(CancellationToken cancellationToken);
}
