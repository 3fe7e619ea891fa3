using System.Globalization;

namespace Scrip.Files.Import;

/// <summary>A date as the file has it.</summary>
/// <param name="Offset">The offset from UTC; null for local time at the shop.</param>
/// <param name="HasTime">False for a whole day.</param>
internal readonly record struct WrittenDate(DateTime Local, TimeSpan? Offset, bool HasTime)
{
    public bool IsMidnight => Local.TimeOfDay == TimeSpan.Zero;
}

/// <summary>
/// Reads dates as people and programs write them: <c>2027-12-31</c>, <c>31.12.27 18:30</c>, <c>12/31/2027</c>,
/// <c>Fri, 31 Dec 2027 18:30:00 EST</c>.
/// </summary>
internal static class DateText
{
    private const int FirstYear = 1900;

    /// <summary>What programs write for no date.</summary>
    private static readonly string[] Nothing = ["0", "-", "--", "\u2014", "0000-00-00", "0000-00-00 00:00:00", "null", "never"];

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static bool IsNothing(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach (var nothing in Nothing)
        {
            if (text.Equals(nothing, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return text.IsEmpty;
    }

    public static bool TryRead(ReadOnlySpan<char> text, DateOrder order, out WrittenDate date)
    {
        date = default;
        text = text.Trim();
        if (text.IsEmpty)
            return false;
        if (!text.ContainsAnyExceptInRange('0', '9'))
            return TryReadBare(text, out date);
        if (HasWord(text[..Math.Min(text.Length, 6)]))
            return TryReadNamedMonth(text, out date);

        if (!TakeNumber(ref text, out var first, out var firstDigits) || !TakeSeparator(ref text, out var separator)
            || !TakeNumber(ref text, out var second, out var secondDigits) || !TakeSeparator(ref text, out var again) || again != separator
            || !TakeNumber(ref text, out var third, out var thirdDigits) || secondDigits > 2
            || !Fits(order, firstDigits, thirdDigits, separator))
            return false;
        var (year, month, day) = order switch
        {
            DateOrder.YearMonthDay => (Year(first, firstDigits), second, third),
            DateOrder.DayMonthYear => (Year(third, thirdDigits), second, first),
            DateOrder.MonthDayYear => (Year(third, thirdDigits), first, second),
        };
        return TryReadTime(text, year, month, day, out date);
    }

    /// <summary>Whether the parts fit the order. Four digits are a year, and points never separate month, day, year.</summary>
    private static bool Fits(DateOrder order, int firstDigits, int thirdDigits, char separator) => order switch
    {
        DateOrder.YearMonthDay => thirdDigits <= 2 && (firstDigits == 4 || (firstDigits == 2 && thirdDigits == 2)),
        DateOrder.DayMonthYear => firstDigits <= 2 && thirdDigits is 2 or 4,
        DateOrder.MonthDayYear => firstDigits <= 2 && thirdDigits is 2 or 4 && separator != '.',
    };

    private static int Year(int number, int digits) => digits == 2 ? 2000 + number : number;

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsLetter(character))
                return true;
        }
        return false;
    }

    /// <summary>Reads a number of days as a spreadsheet counts them, or the digits of a day without separators.</summary>
    private static bool TryReadBare(ReadOnlySpan<char> text, out WrittenDate date)
    {
        const int SerialDigits = 5;
        date = default;
        if (text.Length == SerialDigits)
        {
            date = new(new DateTime(1899, 12, 30).AddDays(int.Parse(text, CultureInfo.InvariantCulture)), null, HasTime: false);
            return date.Local.Year > FirstYear;
        }
        if (!DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year < FirstYear)
            return false;
        date = new(day, null, HasTime: false);
        return true;
    }

    /// <summary>
    /// Reads the parts in any order, because the month is a name and the year has four digits: RFC 2822, and the way American programs show
    /// a date.
    /// </summary>
    private static bool TryReadNamedMonth(ReadOnlySpan<char> text, out WrittenDate date)
    {
        date = default;
        var (year, month, day) = (0, 0, 0);
        while (year == 0 || month == 0 || day == 0)
        {
            text = text.TrimStart(" ,-");
            var end = text.IndexOfAny(" ,-");
            var word = end < 0 ? text : text[..end];
            if (word.IsEmpty)
                return false;
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                (year, day) = word.Length == 4 ? (number, day) : (year, number);
            else if (PlaceOf(word, Months) is var named and > 0)
                month = named;
            else if (PlaceOf(word, Weekdays) == 0)
                return false;
            text = text[word.Length..];
        }
        return TryReadTime(text.TrimStart(','), year, month, day, out date);
    }

    /// <returns>The place from 1; 0 for any other word.</returns>
    private static int PlaceOf(ReadOnlySpan<char> word, string[] beginnings)
    {
        for (var place = 0; place < beginnings.Length; place++)
        {
            if (word.StartsWith(beginnings[place], StringComparison.OrdinalIgnoreCase))
                return place + 1;
        }
        return 0;
    }

    private static bool TryReadTime(ReadOnlySpan<char> rest, int year, int month, int day, out WrittenDate date)
    {
        date = default;
        if (year is < FirstYear or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var midnight = new DateTime(year, month, day);
        date = new(midnight, null, HasTime: false);
        if (rest.IsEmpty)
            return true;
        if (!ClockText.TryRead(rest, out var time, out var offset))
            return false;
        date = new(midnight + time, offset, HasTime: true);
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, out int number, out int digits)
    {
        digits = text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
        number = 0;
        if (digits is 0 or 3 or > 4)
            return false;
        number = int.Parse(text[..digits], CultureInfo.InvariantCulture);
        text = text[digits..];
        return true;
    }

    private static bool TakeSeparator(ref ReadOnlySpan<char> text, out char separator)
    {
        separator = text.IsEmpty ? default : text[0];
        if (separator is not ('-' or '/' or '.'))
            return false;
        text = text[1..];
        return true;
    }
}
