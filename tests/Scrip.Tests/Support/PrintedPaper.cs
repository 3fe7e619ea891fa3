using System.Globalization;
using System.Text.RegularExpressions;

namespace Scrip.Tests.Support;

/// <summary>A document as Chromium prints it: its pages, the symbols that zbar reads on them, and where their words are.</summary>
public sealed partial class PrintedPaper : IDisposable
{
    private const int DotsPerInch = 300;
    private const double PointsPerMillimetre = 72 / 25.4;

    private readonly TemporaryFolder folder = new();

    private string Pdf => Path.Combine(folder.Path, "paper.pdf");

    /// <summary>The width and height of the pages, in millimetres.</summary>
    public (double Width, double Height) Size { get; private set; }

    public int Pages { get; private set; }

    public static async Task<PrintedPaper> PrintAsync(string html)
    {
        var paper = new PrintedPaper();
        var page = Path.Combine(paper.folder.Path, "page.html");
        await File.WriteAllTextAsync(page, html);
        await SystemCommand.RunAsync(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={paper.folder.Path}/profile", "--no-pdf-header-footer",
            $"--print-to-pdf={paper.Pdf}", new Uri(page).AbsoluteUri);
        var information = await SystemCommand.ReadAsync("pdfinfo", paper.Pdf);
        paper.Pages = int.Parse(PageCount().Match(information).Groups["count"].Value, CultureInfo.InvariantCulture);
        var size = PageSize().Match(information);
        paper.Size = (Number(size, "width") / PointsPerMillimetre, Number(size, "height") / PointsPerMillimetre);
        return paper;
    }

    /// <summary>Reads the symbols of a page, each with its kind: <c>QR-Code:CERT-001</c>, <c>CODE-128:CERT-001</c>.</summary>
    public async Task<IReadOnlyList<string>> ReadSymbolsAsync(int page)
    {
        var picture = Path.Combine(folder.Path, "picture");
        var number = page.ToString(CultureInfo.InvariantCulture);
        var dots = DotsPerInch.ToString(CultureInfo.InvariantCulture);
        await SystemCommand.RunAsync("pdftoppm", "-r", dots, "-f", number, "-l", number, "-singlefile", "-gray", "-png", Pdf, picture);
        var symbols = await SystemCommand.ReadAsync(
            "zbarimg", "--quiet", "--nodbus", "-Sdisable", "-Sqrcode.enable", "-Scode128.enable", picture + ".png");
        return [.. symbols.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads where the words of a page are, in millimetres.</summary>
    public async Task<IReadOnlyList<Word>> ReadWordsAsync(int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var text = await SystemCommand.ReadAsync("pdftotext", "-f", number, "-l", number, "-bbox", Pdf, "-");
        return
        [
            .. from Match word in Words().Matches(text)
               select new Word(
                   word.Groups["text"].Value, Number(word, "left") / PointsPerMillimetre, Number(word, "top") / PointsPerMillimetre,
                   Number(word, "right") / PointsPerMillimetre, Number(word, "bottom") / PointsPerMillimetre),
        ];
    }

    public void Dispose() => folder.Dispose();

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^Pages: +(?<count>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PageCount();

    [GeneratedRegex("^Page size: +(?<width>[0-9.]+) x (?<height>[0-9.]+) pts", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PageSize();

    [GeneratedRegex("<word xMin=\"(?<left>[^\"]+)\" yMin=\"(?<top>[^\"]+)\" xMax=\"(?<right>[^\"]+)\" yMax=\"(?<bottom>[^\"]+)\">(?<text>.*)</word>")]
    private static partial Regex Words();
}

/// <summary>A printed word and its edges, in millimetres from the upper left corner of the page.</summary>
public sealed record Word(string Text, double Left, double Top, double Right, double Bottom);
