using System.Text;
using Scrip.Ledger.Certificates;
using Scrip.Storage;

namespace Scrip.Server.Print;

/// <summary>Writes one certificate. The style of each layout decides where its parts are.</summary>
internal sealed class PrintedCertificate(HtmlWriter html, PrintRequest print, PrintedForms forms)
{
    private readonly PrintLayout layout = print.Layout;
    private readonly PrintLanguage language = print.Language;

    /// <summary>The sizes of the name of the shop and of the terms, by their length.</summary>
    private readonly string shopSize = print.Shop.Length <= 26 ? "shop" : "shop long";
    private readonly string termsSize = print.Terms.Length <= 240 ? "terms" : "terms long";

    public void Write(in CertificateRow row, Usability usability)
    {
        var code = new PrintedCode(Encoding.UTF8.GetString(row.Code));
        var qr = QrSymbol.Of(code.Text);
        var mark = language.MarkOf(usability);
        html.Write($"<article class=\"certificate{(qr.IsDense ? " dense" : "")}{(mark is null ? "" : " marked")}\">\n");
        html.Write($"<header><b class=\"{shopSize}\">{print.Shop}</b><span>{language.Title}</span></header>\n");
        WriteValue(row.FaceValue);
        if (mark is not null)
            html.Write($"<p class=\"mark\"><strong>{mark}</strong></p>\n");
        html.Write($"<div class=\"about\">\n");
        code.Write(html);
        WriteUse(row, usability);
        html.Write($"</div>\n");
        html.Write($"<svg class=\"qr\" viewBox=\"{qr.ViewBox}\" role=\"img\" aria-label=\"{language.QrCode}\">{qr.Path}</svg>\n");
        if (BarSymbol.TryCreate(code.Text, layout.BarSpace) is { } bars)
        {
            html.Write(
                $"<svg class=\"bars\" width=\"{bars.Width}\" viewBox=\"{bars.ViewBox}\" preserveAspectRatio=\"none\" role=\"img\"");
            html.Write($" aria-label=\"{language.BarCode}\">{bars.Path}</svg>\n");
        }
        html.Write($"<p class=\"{termsSize}\">{print.Terms}</p>\n</article>\n");
    }

    private void WriteValue(long faceValue)
    {
        var value = forms.Amount(faceValue);
        if (layout.HasRosette)
        {
            var sizes = Rosette.SizesFor(value);
            html.Write($"<svg class=\"value\" viewBox=\"0 0 200 200\"><use href=\"#rosette\"/>");
            html.Write($"<text class=\"number\" x=\"100\" y=\"107\" font-size=\"{sizes.Number}\">{value}</text>");
            html.Write($"<text x=\"100\" y=\"125\" font-size=\"{sizes.Currency}\">{forms.Currency}</text></svg>\n");
            return;
        }
        html.Write($"<p class=\"{(value.Length <= 7 ? "value" : value.Length <= 11 ? "value long" : "value longest")}\">");
        html.Write($"<b>{value}</b> <span>{forms.Currency}</span></p>\n");
    }

    private void WriteUse(in CertificateRow row, Usability usability)
    {
        if (forms.Validity(row.StartsAt, row.ExpiresAt) is { } validity)
            html.Write($"<p class=\"{(usability == Usability.NotStarted ? "validity later" : "validity")}\">{validity}</p>\n");
        if (row.Balance != row.FaceValue && row.Balance > 0)
            html.Write($"<p class=\"balance\">{forms.BalanceOf(row)}</p>\n");
        html.Write($"<p class=\"use\">{(row.SingleUse ? language.SingleUse : language.SeveralUses)}</p>\n");
    }
}
