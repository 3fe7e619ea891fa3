using System.Globalization;
using System.Text;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Server.Http;

/// <summary>Reads and writes amounts of money: decimal strings with the currency's digits, such as <c>149.90</c>.</summary>
internal static class Amounts
{
    public static string Text(long minor, Currency currency)
    {
        var (units, rest) = Math.DivRem(Math.Abs(minor), currency.MinorUnitsPerUnit);
        return Text(minor < 0, units.ToString(CultureInfo.InvariantCulture), rest, currency);
    }

    /// <summary>Writes a sum, which may exceed 64 bits.</summary>
    public static string Text(Int128 minor, Currency currency)
    {
        var (units, rest) = Int128.DivRem(Int128.Abs(minor), currency.MinorUnitsPerUnit);
        return Text(minor < 0, units.ToString(CultureInfo.InvariantCulture), (long)rest, currency);
    }

    /// <summary>
    /// Reads a decimal string, or a JSON number exactly as written: <c>"149.90"</c>, <c>149.9</c>. The amount must be greater than zero and
    /// must not have more digits than the currency.
    /// </summary>
    public static AmountFault TryParse(JsonElement value, Currency currency, out long minor)
    {
        minor = 0;
        string text;
        if (value.ValueKind == JsonValueKind.Number)
            text = value.GetRawText();
        else if (!JsonText.TryRead(value, out text) || !IsDecimal(text))
            return AmountFault.WrongType;
        switch (WholeNumber.TryParse(Encoding.ASCII.GetBytes(text), out minor, currency.Digits))
        {
            case NumberFault.NotAnInteger:
                return AmountFault.TooManyDigits;
            case NumberFault.OutOfRange:
                return AmountFault.OutOfRange;
            default:
                return minor > 0 && minor <= currency.ToMinor(FaceValue.MaxUnits) ? AmountFault.None : AmountFault.OutOfRange;
        }
    }

    private static string Text(bool isNegative, string units, long rest, Currency currency)
    {
        var text = currency.Digits == 0 ? units : $"{units}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(currency.Digits, '0')}";
        return isNegative ? "-" + text : text;
    }

    /// <summary>Whether the text is digits, optionally with a point and more digits.</summary>
    private static bool IsDecimal(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        return whole.Length > 0 && whole.All(char.IsAsciiDigit)
            && (point < 0 || (text.Length > point + 1 && text.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') is false));
    }
}

internal enum AmountFault
{
    None,
    WrongType,
    TooManyDigits,
    OutOfRange,
}
