using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Scrip.Files.Tables;

/// <summary>Writes numbers and texts as UTF-8.</summary>
internal static class Utf8Output
{
    private const int LongestNumber = 20;
    private const int LongestAmount = 32;

    public static void WriteNumber(this IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(LongestNumber), out var written);
        output.Advance(written);
    }

    /// <summary>Writes an amount: 1250 with two digits is <c>12.50</c>.</summary>
    public static void WriteAmount(this IBufferWriter<byte> output, long minor, int digits)
    {
        Span<byte> plain = stackalloc byte[LongestNumber];
        // The smallest number has no positive counterpart.
        Utf8Formatter.TryFormat(Int128.Abs(minor) is var size && size <= long.MaxValue ? (ulong)size : 1UL << 63, plain, out var length);
        var target = output.GetSpan(LongestAmount);
        var at = 0;
        if (minor < 0)
            target[at++] = (byte)'-';
        var whole = length - digits;
        if (whole <= 0)
            target[at++] = (byte)'0';
        else
            plain[..whole].CopyTo(target[at..]);
        at += Math.Max(whole, 0);
        if (digits > 0)
        {
            target[at++] = (byte)'.';
            for (; whole < 0; whole++)
                target[at++] = (byte)'0';
            plain[whole..length].CopyTo(target[at..]);
            at += length - whole;
        }
        output.Advance(at);
    }

    public static void WriteDate(this IBufferWriter<byte> output, DateTimeOffset instant, ReadOnlySpan<char> format)
    {
        instant.TryFormat(output.GetSpan(LongestAmount + LongestNumber), out var written, format, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
