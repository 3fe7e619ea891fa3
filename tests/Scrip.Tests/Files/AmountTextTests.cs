using System.Globalization;
using Scrip.Files.Import;

namespace Scrip.Tests.Files;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("1500", "1500", "1500")]
    [InlineData("25.00", "25.00", null)]
    [InlineData("25,00", null, "25.00")]
    [InlineData("1.500", "1.500", "1500")]
    [InlineData("1,500", "1500", "1.500")]
    [InlineData("1.500.000", null, "1500000")]
    [InlineData("1,500,000", "1500000", null)]
    [InlineData("1,500.25", "1500.25", null)]
    [InlineData("1.500,25", null, "1500.25")]
    [InlineData("1 500,25", null, "1500.25")]
    [InlineData("1\u00A0500.25", "1500.25", null)]
    [InlineData("1\u202F500", "1500", "1500")]
    [InlineData("1'500.25", "1500.25", null)]
    [InlineData(".50", "0.50", null)]
    [InlineData("0.5", "0.5", null)]
    [InlineData("0,500", "500", "0.500")]
    [InlineData("-25.00", "-25.00", null)]
    [InlineData("\u221225.00", "-25.00", null)]
    [InlineData("$25.00", "25.00", null)]
    [InlineData("-$25.00", "-25.00", null)]
    [InlineData("$-25.00", "-25.00", null)]
    [InlineData("25,00 €", null, "25.00")]
    [InlineData("25.00 MDL", "25.00", null)]
    [InlineData("MDL25.00", "25.00", null)]
    [InlineData("150 грн.", "150", "150")]
    [InlineData("Rs.150", "150", "150")]
    [InlineData(" 25 ", "25", "25")]
    [InlineData("", null, null)]
    [InlineData("free", null, null)]
    [InlineData("1..5", null, null)]
    [InlineData("1,50,000", null, null)]
    [InlineData("12,34.5", null, null)]
    [InlineData("1.5.0", null, null)]
    [InlineData("1,500 000", null, null)]
    [InlineData("1e5", null, null)]
    [InlineData("5%", null, null)]
    [InlineData("--5", null, null)]
    [InlineData("5 5", null, null)]
    [InlineData("99999999999999999999999999999999999999999", null, null)]
    public void An_amount_is_read_with_either_mark(string text, string? withPoint, string? withComma)
    {
        Assert.Equal(withPoint, Read(text, DecimalMark.Point));
        Assert.Equal(withComma, Read(text, DecimalMark.Comma));
    }

    [Theory]
    [InlineData("25.1", "25.1")]
    [InlineData("25.100000000000001", "25.1")]
    [InlineData("149.90000000000001", "149.9")]
    [InlineData("1E3", "1000")]
    [InlineData("-0.05", "-0.05")]
    [InlineData("1E300", null)]
    [InlineData("NaN", null)]
    public void A_stored_number_is_rounded_as_a_spreadsheet_shows_it(string text, string? amount) =>
        Assert.Equal(amount, AmountText.TryReadStored(text, out var read) ? read.ToString(CultureInfo.InvariantCulture) : null);

    private static string? Read(string text, DecimalMark mark) =>
        AmountText.TryRead(text, mark, out var amount) ? amount.ToString(CultureInfo.InvariantCulture) : null;
}
