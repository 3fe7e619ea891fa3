using System.Globalization;
using System.Text;
using ZXing.OneD;

namespace Scrip.Server.Print;

/// <summary>A Code 128 bar code (ISO/IEC 15417) as a path of SVG, with its quiet zones.</summary>
/// <param name="Width">In millimetres.</param>
internal sealed record BarSymbol(string Width, string ViewBox, Markup Path)
{
    private const int QuietZone = 10;

    /// <summary>The most characters that the encoder takes.</summary>
    private const int MaxLength = 80;

    private const double DotsPerMillimetre = 300 / 25.4;

    /// <summary>Widths of a module in dots of 300 to the inch, so that printers do not round bars. Three are 0.254 mm.</summary>
    private static readonly int[] ModuleDots = [5, 4, 3];

    /// <summary>
    /// Creates the bar code of a text; null if the text has a character that is not printable ASCII, or is too wide even with the
    /// narrowest modules.
    /// </summary>
    /// <param name="space">The room for the bar code with its quiet zones, in millimetres.</param>
    public static BarSymbol? TryCreate(string text, double space)
    {
        if (text.Length > MaxLength || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return null;
        var modules = new Code128Writer().encode(text);
        var width = modules.Length + (2 * QuietZone);
        foreach (var dots in ModuleDots)
        {
            var millimetres = width * dots / DotsPerMillimetre;
            if (millimetres <= space)
            {
                return new(
                    string.Create(CultureInfo.InvariantCulture, $"{millimetres:0.###}mm"),
                    string.Create(CultureInfo.InvariantCulture, $"0 0 {width} 10"),
                    new Markup(PathOf(modules)));
            }
        }
        return null;
    }

    private static string PathOf(bool[] modules)
    {
        var path = new StringBuilder("<path shape-rendering=\"crispEdges\" d=\"");
        for (int at = 0, end; at < modules.Length; at = end + 1)
        {
            for (end = at; end < modules.Length && modules[end];)
                end++;
            if (end > at)
                path.Append(CultureInfo.InvariantCulture, $"M{at + QuietZone} 0h{end - at}v10h-{end - at}z");
        }
        return path.Append("\"/>").ToString();
    }
}
