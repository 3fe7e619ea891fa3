using System.Buffers;

namespace Scrip.Files.Tables;

/// <summary>
/// Escapes text in a cell. Characters that XML does not allow, or would change, are written as <c>_x000D_</c>, which spreadsheets decode.
/// An underscore before an x is therefore escaped too.
/// </summary>
internal static class XlsxEscape
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n')).Select(code => (byte)code), .. "&<>_"u8, 0xEF]);

    /// <summary>Whether a spreadsheet would drop white space from this text unless told not to.</summary>
    public static bool KeepsSpace(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] <= ' ' || text[^1] <= ' ' || text.ContainsAny((byte)'\n', (byte)'\t'));

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOfAny(Special)) >= 0;)
        {
            output.Write(text[..at]);
            text = text[at..];
            text = text[WriteSpecial(output, text)..];
        }
        output.Write(text);
    }

    /// <returns>How many bytes of the text were written.</returns>
    private static int WriteSpecial(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        switch (text)
        {
            case [(byte)'&', ..]:
                output.Write("&amp;"u8);
                return 1;
            case [(byte)'<', ..]:
                output.Write("&lt;"u8);
                return 1;
            case [(byte)'>', ..]:
                output.Write("&gt;"u8);
                return 1;
            case [(byte)'_', (byte)'x', ..]:
                output.Write("_x005F_"u8);
                return 1;
            // U+FFFE and U+FFFF.
            case [0xEF, 0xBF, 0xBE, ..]:
                output.Write("_xFFFE_"u8);
                return 3;
            case [0xEF, 0xBF, 0xBF, ..]:
                output.Write("_xFFFF_"u8);
                return 3;
            case [< 0x20 and var control, ..]:
                output.Write("_x00"u8);
                output.Write([Hex(control >> 4), Hex(control & 0xF), (byte)'_']);
                return 1;
            default:
                output.Write(text[..1]);
                return 1;
        }
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}
