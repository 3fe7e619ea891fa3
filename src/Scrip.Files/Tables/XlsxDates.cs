using System.Globalization;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>Detects which cells of a workbook are dates, which only their number format tells, and converts numbers to dates.</summary>
internal sealed class XlsxDates
{
    private const int DaysFrom1900To1904 = 1462;

    /// <summary>Earlier days are miscounted, because the count includes a 29 February 1900, which did not exist.</summary>
    private const double FirstReliableDay = 61;

    private static readonly double LastDay = (DateTime.MaxValue - Origin).TotalDays - 1;

    private readonly List<DateFormat> formats = [];
    private readonly int offset;

    private XlsxDates(bool countsFrom1904) => offset = countsFrom1904 ? DaysFrom1900To1904 : 0;

    private enum DateFormat
    {
        None,
        Day,
        DayAndTime,
    }

    private static DateTime Origin => new(1899, 12, 30);

    /// <param name="path">Null if the workbook has no styles.</param>
    public static XlsxDates Read(XlsxZip zip, string? path, bool countsFrom1904)
    {
        var dates = new XlsxDates(countsFrom1904);
        var own = new Dictionary<int, string>();
        var isInCells = false;
        using var xml = path is null ? null : zip.ReadDescription(path);
        while (xml?.Next() == true)
        {
            if (xml.LocalName == "cellXfs")
                isInCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (xml.NodeType != XmlNodeType.Element)
                continue;
            else if (xml.LocalName == "numFmt" && Number(xml, "numFmtId") is { } number)
                own[number] = xml.GetAttribute("formatCode") ?? "";
            else if (xml.LocalName == "xf" && isInCells)
                dates.formats.Add(FormatOf(Number(xml, "numFmtId") ?? 0, own));
        }
        return dates;
    }

    /// <summary>Converts a number to a date, if its cell's style says so, as <c>2027-12-31</c> or <c>2027-12-31T18:30:00</c>.</summary>
    public bool TryFormat(int style, ReadOnlySpan<char> number, Span<char> destination, out int written)
    {
        written = 0;
        if (style >= formats.Count || formats[style] == DateFormat.None
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
            return false;
        days += offset;
        if (!(days >= FirstReliableDay && days < LastDay))
            return false;
        // This count is exact only to the millisecond.
        var date = Origin.AddMilliseconds(Math.Round(days * TimeSpan.MillisecondsPerDay));
        var format = formats[style] == DateFormat.Day && date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
            : date.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss"
            : "yyyy-MM-ddTHH:mm:ss.fff";
        return date.TryFormat(destination, out written, format, CultureInfo.InvariantCulture);
    }

    private static int? Number(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateFormat FormatOf(int number, Dictionary<int, string> own)
    {
        if (own.TryGetValue(number, out var code))
            return FormatOf(code);
        return number switch
        {
            // ISO/IEC 29500-1, 18.8.30. The later ones are days in East Asian calendars.
            14 or 15 or 16 or 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => DateFormat.Day,
            18 or 19 or 20 or 21 or 22 or (>= 32 and <= 35) or 45 or 46 or 47 => DateFormat.DayAndTime,
            _ => DateFormat.None,
        };
    }

    /// <summary>
    /// Tells the kind of a format code: y, m and d are a day, h and s a time, except in quotes, in brackets or after a backslash.
    /// </summary>
    private static DateFormat FormatOf(string code)
    {
        var format = DateFormat.None;
        for (var at = 0; at < code.Length; at++)
        {
            switch (char.ToLowerInvariant(code[at]))
            {
                case '"':
                    at = Next('"');
                    break;
                case '[':
                    at = Next(']');
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case 'h' or 's':
                    return DateFormat.DayAndTime;
                case 'y' or 'm' or 'd':
                    format = DateFormat.Day;
                    break;
            }

            int Next(char end) => code.IndexOf(end, at + 1) is var found and >= 0 ? found : code.Length;
        }
        return format;
    }
}
