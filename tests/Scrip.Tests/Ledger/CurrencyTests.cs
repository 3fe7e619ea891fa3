using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Tests.Ledger;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("JPY", 0, 1)]
    [InlineData("KRW", 0, 1)]
    [InlineData("VND", 0, 1)]
    [InlineData("MDL", 2, 100)]
    [InlineData("EUR", 2, 100)]
    [InlineData("HUF", 2, 100)]
    [InlineData("ZWG", 2, 100)]
    [InlineData("AED", 2, 100)]
    [InlineData("KWD", 3, 1000)]
    [InlineData("TND", 3, 1000)]
    public void A_currency_has_the_digits_of_ISO_4217(string code, int digits, long minorUnitsPerUnit)
    {
        Assert.True(Currency.TryCreate(code, out var currency));
        Assert.Equal((code, digits, minorUnitsPerUnit), (currency.Code, currency.Digits, currency.MinorUnitsPerUnit));
        Assert.Equal(currency, Currency.FromStored(code));
        Assert.Equal(7 * minorUnitsPerUnit, currency.ToMinor(7));
        Assert.Equal(7, currency.ToUnits(currency.ToMinor(7)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mdl")]
    [InlineData("MD")]
    [InlineData("MDLX")]
    [InlineData("MDL ")]
    [InlineData("XAU")]
    [InlineData("XTS")]
    [InlineData("XXX")]
    [InlineData("DEM")]
    public void What_is_no_currency_in_use_is_refused(string code)
    {
        Assert.False(Currency.TryCreate(code, out _));
        var stored = Currency.FromStored(code);
        Assert.False(stored.IsKnown);
        Assert.Equal(code, stored.Code);
        Assert.Throws<InvalidOperationException>(() => stored.ToMinor(1));
        Assert.Throws<InvalidOperationException>(() => stored.Digits);
    }

    [Fact]
    public void The_highest_face_value_fits_every_currency()
    {
        Assert.True(Currency.TryCreate("KWD", out var dinar));
        Assert.Equal(1_000_000_000_000_000, dinar.ToMinor(FaceValue.MaxUnits));
    }

    [Fact]
    public void An_amount_that_does_not_fit_is_an_error_and_not_another_amount()
    {
        Assert.True(Currency.TryCreate("MDL", out var leu));
        Assert.Throws<OverflowException>(() => leu.ToMinor(long.MaxValue / 100 + 1));
    }
}
