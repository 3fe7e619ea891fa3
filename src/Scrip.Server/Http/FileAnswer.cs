using Microsoft.AspNetCore.Http;
using Scrip.Files.Tables;

namespace Scrip.Server.Http;

/// <summary>
/// A file that is streamed to a response. A file without its end cannot be opened, or its transfer breaks off.
/// </summary>
internal sealed class FileAnswer : IStreamedAnswer
{
    private readonly ResponsePieces pieces;

    /// <param name="name">The name of the sheet.</param>
    public FileAnswer(HttpResponse response, FileForm form, string name, TimeZoneInfo timeZone)
    {
        pieces = new ResponsePieces(response);
        Cells = form.WriterTo(pieces.Output, name, timeZone);
    }

    public ITableWriter Cells { get; }

    public ValueTask<bool> SendFullAsync(CancellationToken cancellationToken) =>
        pieces.IsFull() ? pieces.SendAsync(cancellationToken) : ValueTask.FromResult(true);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Cells.Complete();
        await pieces.SendAsync(cancellationToken);
    }

    public void Dispose()
    {
        Cells.Dispose();
        pieces.Dispose();
    }
}
