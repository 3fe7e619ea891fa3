using System.Globalization;

namespace Scrip.Files.Import;

/// <summary>Reads amounts as people and programs write them: <c>1,000.00</c>, <c>1 000,00</c>, <c>$25</c>, <c>25 MDL</c>.</summary>
internal static class AmountText
{
    private const int MaxCharacters = 40;
    private const int GroupDigits = 3;

    /// <param name="sign">The currency sign or code next to the amount; empty without one.</param>
    public static bool TryRead(ReadOnlySpan<char> text, DecimalMark mark, out decimal amount, out ReadOnlySpan<char> sign)
    {
        amount = 0;
        var isNegative = false;
        text = text.Trim();
        var first = text.IndexOfAnyInRange('0', '9');
        sign = default;
        if (first < 0 || text.Length > MaxCharacters)
            return false;
        var last = text.LastIndexOfAnyInRange('0', '9');
        var decimalMark = mark == DecimalMark.Point ? '.' : ',';
        if (first > 0 && text[first - 1] == decimalMark && (first == 1 || !char.IsLetter(text[first - 2])))
            first--;
        var before = text[..first].Trim();
        if (before.IndexOfAny('-', '\u2212') is var minus and >= 0)
        {
            isNegative = true;
            before = minus == 0 ? before[1..] : minus == before.Length - 1 ? before[..^1] : "?";
        }
        var after = text[(last + 1)..];
        if (!IsSign(before) || !IsSign(after))
            return false;
        sign = (before.IsEmpty ? after : before).Trim();
        if (!TryReadDigits(text[first..(last + 1)], decimalMark, out amount))
            return false;
        amount = isNegative ? -amount : amount;
        return true;
    }

    public static bool TryRead(ReadOnlySpan<char> text, DecimalMark mark, out decimal amount) => TryRead(text, mark, out amount, out _);

    /// <summary>Reads a number as xlsx stores it. Binary fractions are rounded to the fifteen digits that a spreadsheet shows.</summary>
    public static bool TryReadStored(ReadOnlySpan<char> text, out decimal amount)
    {
        amount = 0;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(Math.Abs(number) < 1e18))
            return false;
        amount = (decimal)number;
        return true;
    }

    /// <summary>Whether a text is a sign: letters, currency symbols and spaces, with a point only at the end of an abbreviation.</summary>
    private static bool IsSign(ReadOnlySpan<char> text)
    {
        var last = default(char);
        foreach (var character in text)
        {
            if (!char.IsLetter(character) && !char.IsWhiteSpace(character) && !(character == '.' && char.IsLetter(last))
                && char.GetUnicodeCategory(character) is not UnicodeCategory.CurrencySymbol)
                return false;
            last = character;
        }
        return true;
    }

    /// <summary>Reads digits, in groups of three if there are separators, and without separators after the decimal mark.</summary>
    private static bool TryReadDigits(ReadOnlySpan<char> text, char decimalMark, out decimal amount)
    {
        amount = 0;
        Span<char> plain = stackalloc char[MaxCharacters];
        var used = 0;
        var sinceGroup = 0;
        char group = default;
        var hasMark = false;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                plain[used++] = character;
                sinceGroup++;
            }
            else if (character == decimalMark && !hasMark && (group == default || sinceGroup == GroupDigits))
            {
                plain[used++] = '.';
                hasMark = true;
            }
            else if (!hasMark && IsGroup(character, decimalMark)
                && (group == default ? sinceGroup is > 0 and <= GroupDigits : character == group && sinceGroup == GroupDigits))
            {
                group = character;
                sinceGroup = 0;
            }
            else
            {
                return false;
            }
        }
        return (group == default || hasMark || sinceGroup == GroupDigits)
            && decimal.TryParse(plain[..used], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    private static bool IsGroup(char character, char decimalMark) =>
        character is '.' or ',' ? character != decimalMark : character is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\'' or '\u2019';
}
