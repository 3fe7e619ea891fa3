using Microsoft.AspNetCore.Http;
using Scrip.Files.Tables;

namespace Scrip.Server.Http;

/// <summary>
/// A file on its way into a response. One that is not ended cannot be opened, or breaks off in the middle of its transfer.
/// </summary>
internal sealed class FileAnswer : IStreamedAnswer
{
    private readonly ResponsePieces pieces;

    /// <param name="name">Of a sheet.</param>
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
