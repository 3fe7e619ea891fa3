namespace Scrip.Server.Http;

internal enum NumberFault
{
    None,
    NotAnInteger,
    OutOfRange,
}

/// <summary>
/// Reads a JSON number exactly: <c>500</c>, <c>500.0</c> and <c>5e2</c> are the same integer, <c>500.5</c> is not an integer. The
/// framework's parsers either refuse the second and third or round numbers that they cannot hold.
/// </summary>
internal static class WholeNumber
{
    /// <summary>The number of digits of <see cref="long.MaxValue"/>. A number with no more digits fits a <see cref="ulong"/>.</summary>
    private const int MaxDigits = 19;

    /// <param name="number">A number as RFC 8259 allows it, which a JSON reader ensures.</param>
    /// <param name="scale">The power of ten by which to multiply: with 2 for cents, <c>149.9</c> gives 14990.</param>
    public static NumberFault TryParse(ReadOnlySpan<byte> number, out long value, int scale = 0)
    {
        value = 0;
        var negative = number[0] == '-';
        var mantissa = negative ? number[1..] : number;
        var exponent = 0L;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var at)
        {
            exponent = Exponent(mantissa[(at + 1)..]);
            mantissa = mantissa[..at];
        }
        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];

        // The significant digits, without leading or trailing zeros, and the power of ten of the last one.
        var length = whole.Length + fraction.Length;
        Span<byte> digits = length <= 128 ? stackalloc byte[length] : new byte[length];
        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        var significant = digits.TrimEnd((byte)'0');
        var power = exponent + scale - fraction.Length + (digits.Length - significant.Length);
        significant = significant.TrimStart((byte)'0');

        if (significant.IsEmpty)
            return NumberFault.None;
        if (power < 0)
            return NumberFault.NotAnInteger;
        if (significant.Length + power > MaxDigits)
            return NumberFault.OutOfRange;
        var magnitude = 0UL;
        foreach (var digit in significant)
            magnitude = magnitude * 10 + (ulong)(digit - '0');
        for (; power > 0; power--)
            magnitude *= 10;
        if (magnitude > long.MaxValue)
            return NumberFault.OutOfRange;
        value = negative ? -(long)magnitude : (long)magnitude;
        return NumberFault.None;
    }

    /// <summary>Parses an exponent. One that is too long is cut off, because then its sign already decides.</summary>
    private static long Exponent(ReadOnlySpan<byte> text)
    {
        const long farEnough = 1_000_000_000;
        var negative = text[0] == '-';
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        var exponent = 0L;
        foreach (var digit in digits)
            exponent = Math.Min(exponent * 10 + (digit - '0'), farEnough);
        return negative ? -exponent : exponent;
    }
}
