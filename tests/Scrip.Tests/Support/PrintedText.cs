using System.Net;
using System.Text.RegularExpressions;

namespace Scrip.Tests.Support;

/// <summary>What a person reads on printed certificates.</summary>
public static partial class PrintedText
{
    /// <summary>The texts of each certificate with bars between them, and <c>QR</c> and <c>128</c> for its symbols.</summary>
    public static IReadOnlyList<string> Certificates(string html) => [.. Articles().Matches(html).Select(article => Plain(article.Value))];

    /// <summary>The code on each certificate.</summary>
    public static IReadOnlyList<string> Codes(string html) => [.. Code().Matches(html).Select(code => Decoded(WithoutTags(code.Value)))];

    /// <summary>What only the screen shows below the certificates.</summary>
    public static string Footer(string html) => Plain(Footers().Match(html).Value);

    private static string Plain(string html)
    {
        var texts = Code().Replace(html, code => $"<p>{WithoutTags(code.Value)}</p>");
        texts = Symbols().Replace(texts, symbol => symbol.Groups["kind"].Value == "qr" ? "<p>QR</p>" : "<p>128</p>");
        return string.Join(" | ", Tags().Split(texts).Select(text => Decoded(text).Trim()).Where(text => text.Length > 0));
    }

    private static string WithoutTags(string html) => Tags().Replace(html, "");

    private static string Decoded(string text) => WebUtility.HtmlDecode(text).Replace('\u00A0', ' ');

    [GeneratedRegex("<article .*?</article>", RegexOptions.Singleline)]
    private static partial Regex Articles();

    [GeneratedRegex("<footer .*</footer>", RegexOptions.Singleline)]
    private static partial Regex Footers();

    [GeneratedRegex("<p class=\"code [^\"]*\">.*?</p>")]
    private static partial Regex Code();

    [GeneratedRegex("<svg class=\"(?<kind>qr|bars)\".*?</svg>")]
    private static partial Regex Symbols();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
