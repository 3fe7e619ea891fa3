using Scrip.Ledger.Certificates;
using Scrip.Storage;

namespace Scrip.Server.Print;

/// <summary>Writes the document: its head, a section for each sheet of paper, and what only the screen shows.</summary>
internal sealed class PrintDocument
{
    private readonly HtmlWriter html;
    private readonly PrintRequest print;
    private readonly PrintedForms forms;
    private readonly PrintedCertificate certificate;
    private int written;
    private int leftOut;

    public PrintDocument(HtmlWriter html, PrintRequest print, PrintedForms forms)
    {
        (this.html, this.print, this.forms) = (html, print, forms);
        certificate = new PrintedCertificate(html, print, forms);
        Begin();
    }

    public void Add(in CertificateRow row)
    {
        var usability = forms.UsabilityOf(row);
        // A certificate that starts later is printed before it starts.
        if (print.UsableOnly && usability is not (Usability.Usable or Usability.NotStarted))
        {
            leftOut++;
            return;
        }
        if (written % print.Layout.PerPage == 0)
            BeginPage();
        certificate.Write(row, usability);
        written++;
    }

    public void End()
    {
        if (written > 0)
            html.Write($"</section>\n");
        var (language, none) = (print.Language, written == 0);
        html.Write($"</main>\n<footer class=\"screen\"><p>{(none ? language.None : language.Count(written))}</p>");
        if (leftOut > 0)
            html.Write($"<p>{language.LeftOut(leftOut)}</p>");
        html.Write($"</footer>\n</body>\n</html>\n");
    }

    private void Begin()
    {
        var (layout, language) = (print.Layout, print.Language);
        html.Write($"<!doctype html>\n<html lang=\"{language.Code}\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Write($"<title>{language.Titles} · {print.Shop}</title>\n<style>{layout.Style}</style>\n</head>\n<body>\n");
        html.Write($"<header class=\"screen\"><p>{language.HowToPrint(layout.Paper)}</p></header>\n");
        html.Write($"<svg class=\"shapes\" aria-hidden=\"true\">{layout.Shapes}</svg>\n<main>\n");
    }

    private void BeginPage()
    {
        if (written > 0)
            html.Write($"</section>\n");
        html.Write($"<section class=\"page\">\n");
        if (print.Layout.HasCuts)
            html.Write($"<svg class=\"cuts\" aria-hidden=\"true\"><use href=\"#cuts\"/></svg>\n");
    }
}
