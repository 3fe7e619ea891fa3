using System.Globalization;
using Scrip.Ledger;

namespace Scrip.Server.Certificates;

/// <summary>Amounts of money on the wire: decimal strings with the currency's digits, such as <c>149.90</c>.</summary>
internal static class Amounts
{
    public static string Text(long minor, Currency currency)
    {
        var (units, rest) = Math.DivRem(minor, currency.MinorUnitsPerUnit);
        var whole = units.ToString(CultureInfo.InvariantCulture);
        return currency.Digits == 0 ? whole : $"{whole}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(currency.Digits, '0')}";
    }
}
