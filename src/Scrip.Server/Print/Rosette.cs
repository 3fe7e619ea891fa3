using System.Globalization;
using System.Text;

namespace Scrip.Server.Print;

/// <summary>The guilloche around the value: two bands of circles, in a square of 200 by 200.</summary>
internal static class Rosette
{
    private const double Centre = 100;

    /// <summary>The width of the room inside.</summary>
    private const double Room = 92;

    private const double LargestNumber = 38;
    private const double LargestCurrency = 13;

    /// <summary>The width of a digit of the bold fonts, in its size.</summary>
    private const double DigitWidth = 0.6;

    public static readonly string Shape =
        "<symbol id=\"rosette\" viewBox=\"0 0 200 200\"><g fill=\"none\" stroke=\"#5b939c\" stroke-width=\".3\">"
        + $"{Ring(count: 48, distance: 73, radius: 24)}{Ring(count: 12, distance: 2.4, radius: 73.5)}</g></symbol>";

    /// <summary>Returns the sizes in which a number and its currency fit into the room inside.</summary>
    public static (Markup Number, Markup Currency) SizesFor(string number)
    {
        var size = Math.Min(LargestNumber, Room / (number.Length * DigitWidth));
        return (Size(size), Size(Math.Min(LargestCurrency, size)));

        static Markup Size(double size) => new(size.ToString("0.#", CultureInfo.InvariantCulture));
    }

    private static string Ring(int count, double distance, double radius)
    {
        var path = new StringBuilder("<path d=\"");
        for (var number = 0; number < count; number++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * number / count);
            var (x, y) = (Centre + (distance * cosine), Centre + (distance * sine));
            path.Append(
                CultureInfo.InvariantCulture,
                $"M{x - radius:0.##} {y:0.##}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0z");
        }
        return path.Append("\"/>").ToString();
    }
}
