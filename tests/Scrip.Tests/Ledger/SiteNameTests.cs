using Scrip.Ledger.Access;

namespace Scrip.Tests.Ledger;

public sealed class SiteNameTests
{
    [Theory]
    [InlineData("default", true)]
    [InlineData("a", true)]
    [InlineData("7", true)]
    [InlineData("shop-2", true)]
    [InlineData("a--b", true)]
    [InlineData("0123456789012345678901234567890123456789", true)]
    [InlineData("01234567890123456789012345678901234567890", false)]
    [InlineData("", false)]
    [InlineData("-shop", false)]
    [InlineData("shop-", false)]
    [InlineData("-", false)]
    [InlineData("Shop", false)]
    [InlineData("a_b", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("магазин", false)]
    [InlineData("٣", false)]
    public void A_site_name_is_lower_case_letters_digits_and_inner_hyphens(string name, bool isValid) =>
        Assert.Equal(isValid, Site.IsValidName(name));
}
