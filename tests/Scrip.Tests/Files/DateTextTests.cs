using System.Globalization;
using Scrip.Files.Import;

namespace Scrip.Tests.Files;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("2027-12-31", "2027-12-31", null, null)]
    [InlineData("2027/12/31", "2027-12-31", null, null)]
    [InlineData("20271231", "2027-12-31", "2027-12-31", "2027-12-31")]
    [InlineData("46752", "2027-12-31", "2027-12-31", "2027-12-31")]
    [InlineData("31.12.2027", null, "2027-12-31", null)]
    [InlineData("1.5.2027", null, "2027-05-01", null)]
    [InlineData("01/05/2027", null, "2027-05-01", "2027-01-05")]
    [InlineData("12/31/2027", null, null, "2027-12-31")]
    [InlineData("31-12-27", "2031-12-27", "2027-12-31", null)]
    [InlineData("27-12-31", "2027-12-31", "2031-12-27", null)]
    [InlineData("05-06-07", "2005-06-07", "2007-06-05", "2007-05-06")]
    [InlineData("2027-12-31 18:30", "2027-12-31T18:30:00", null, null)]
    [InlineData("2027-12-31 18:30:00", "2027-12-31T18:30:00", null, null)]
    [InlineData("2027-12-31T18:30:00Z", "2027-12-31T18:30:00+00:00", null, null)]
    [InlineData("2022-11-30T00:00:00.000Z", "2022-11-30T00:00:00+00:00", null, null)]
    [InlineData("2027-12-31T18:30:00+02:00", "2027-12-31T18:30:00+02:00", null, null)]
    [InlineData("2027-12-31 18:30:00 +0200", "2027-12-31T18:30:00+02:00", null, null)]
    [InlineData("2027-12-31 18:30:00 UTC", "2027-12-31T18:30:00+00:00", null, null)]
    [InlineData("12/31/2027 6:30 PM", null, null, "2027-12-31T18:30:00")]
    [InlineData("12/31/2027, 6:30:00\u202FPM", null, null, "2027-12-31T18:30:00")]
    [InlineData("Fri, 31 Dec 2027 18:30:00 CST", "2027-12-31T18:30:00-06:00", "2027-12-31T18:30:00-06:00", "2027-12-31T18:30:00-06:00")]
    [InlineData("Dec 31, 2027", "2027-12-31", "2027-12-31", "2027-12-31")]
    [InlineData("31 December 2027", "2027-12-31", "2027-12-31", "2027-12-31")]
    [InlineData("Dec 31, 2027, 6:30:00 PM", "2027-12-31T18:30:00", "2027-12-31T18:30:00", "2027-12-31T18:30:00")]
    [InlineData("29.02.2028", null, "2028-02-29", null)]
    [InlineData("29.02.2027", null, null, null)]
    [InlineData("2027-13-01", null, null, null)]
    [InlineData("2027-12-31 25:00", null, null, null)]
    [InlineData("2027-12-31 18:30 XYZ", null, null, null)]
    [InlineData("2027-12.31", null, null, null)]
    [InlineData("1899-12-31", null, null, null)]
    [InlineData("31 of December", null, null, null)]
    [InlineData("soon", null, null, null)]
    [InlineData("12345678901", null, null, null)]
    [InlineData("+1-2-3", null, null, null)]
    public void A_date_is_read_in_each_order(string text, string? yearFirst, string? dayFirst, string? monthFirst)
    {
        Assert.Equal(yearFirst, Read(text, DateOrder.YearMonthDay));
        Assert.Equal(dayFirst, Read(text, DateOrder.DayMonthYear));
        Assert.Equal(monthFirst, Read(text, DateOrder.MonthDayYear));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0")]
    [InlineData("--")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("Never")]
    public void Nothing_is_written_in_several_ways(string text) => Assert.True(DateText.IsNothing(text));

    private static string? Read(string text, DateOrder order)
    {
        if (!DateText.TryRead(text, order, out var date))
            return null;
        return date.Offset is { } offset
            ? new DateTimeOffset(date.Local, offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)
            : date.Local.ToString(date.HasTime ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
