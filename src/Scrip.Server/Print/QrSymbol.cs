using System.Globalization;
using System.Text;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;
using ZXing.QrCode.Internal;

namespace Scrip.Server.Print;

/// <summary>A QR code (ISO/IEC 18004) as a path of SVG.</summary>
/// <param name="IsDense">Whether it needs more room than usual.</param>
internal readonly record struct QrSymbol(string ViewBox, Markup Path, bool IsDense)
{
    /// <summary>The light modules around the symbol.</summary>
    private const int QuietZone = 4;

    /// <summary>From version 11 on, the modules of the usual size would be smaller than a third of a millimetre.</summary>
    private const int MostModules = 57;

    public static QrSymbol Of(string text)
    {
        var hints = new Dictionary<EncodeHintType, object>
        {
            [EncodeHintType.MARGIN] = QuietZone,
            [EncodeHintType.ERROR_CORRECTION] = LevelFor(Encoding.UTF8.GetByteCount(text)),
        };
        // Says which bytes these are, so that no reader has to guess. ASCII needs no such mark, and some scanners show it.
        if (!Ascii.IsValid(text))
            hints[EncodeHintType.CHARACTER_SET] = "UTF-8";
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, width: 0, height: 0, hints);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"0 0 {matrix.Width} {matrix.Height}"),
            new Markup(PathOf(matrix)),
            matrix.Width - (2 * QuietZone) > MostModules);
    }

    /// <summary>Paper gets scratched: as much correction as the length leaves room for.</summary>
    private static ErrorCorrectionLevel LevelFor(int bytes) =>
        bytes <= 40 ? ErrorCorrectionLevel.Q : bytes <= 200 ? ErrorCorrectionLevel.M : ErrorCorrectionLevel.L;

    /// <summary>One path, so that no light seams appear between neighbouring modules.</summary>
    private static string PathOf(BitMatrix matrix)
    {
        var path = new StringBuilder("<path shape-rendering=\"crispEdges\" d=\"");
        for (var y = 0; y < matrix.Height; y++)
        {
            for (int x = 0, end; x < matrix.Width; x = end + 1)
            {
                for (end = x; end < matrix.Width && matrix[end, y];)
                    end++;
                if (end > x)
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{end - x}v1h-{end - x}z");
            }
        }
        return path.Append("\"/>").ToString();
    }
}
