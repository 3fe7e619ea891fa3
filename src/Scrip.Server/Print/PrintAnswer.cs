using Microsoft.AspNetCore.Http;
using Scrip.Server.Http;

namespace Scrip.Server.Print;

/// <summary>A document that is streamed to a response.</summary>
internal sealed class PrintAnswer : IStreamedAnswer
{
    private readonly ResponsePieces pieces;

    public PrintAnswer(HttpResponse response, PrintRequest print, PrintedForms forms)
    {
        pieces = new ResponsePieces(response);
        Document = new PrintDocument(new HtmlWriter(pieces.Output), print, forms);
    }

    public PrintDocument Document { get; }

    public ValueTask<bool> SendFullAsync(CancellationToken cancellationToken) =>
        pieces.IsFull() ? pieces.SendAsync(cancellationToken) : ValueTask.FromResult(true);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Document.End();
        await pieces.SendAsync(cancellationToken);
    }

    public void Dispose() => pieces.Dispose();
}
