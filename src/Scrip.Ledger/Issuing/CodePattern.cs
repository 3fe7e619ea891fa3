using System.Text;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>
/// What generated codes look like: <c>#</c> is a random character, <c>?</c> the check character, <c>\</c> makes the next character literal,
/// and every other character is itself. The caller draws the random characters, and the ledger decides whether a code is free.
/// </summary>
public sealed class CodePattern
{
    public const string Default = "####-####-####-###?";

    /// <summary>The default for codes of digits.</summary>
    public const string DefaultOfDigits = "####-####-####-#####";

    /// <summary>The longest generated code, in Unicode scalar values.</summary>
    public const int MaxCharacters = 64;

    /// <summary>
    /// At 1.7 million guesses an hour, the most that known attacks on gift cards have reached, finding the first of a hundred thousand
    /// codes with this many bits takes 24 years, even without the guessing budgets.
    /// </summary>
    public const int MinBits = 55;

    private const char Drawn = '#';
    private const char Check = '?';
    private const char Escape = '\\';

    /// <summary>The code with a placeholder for each variable character.</summary>
    private readonly string template;

    /// <summary>The positions of the variable characters; the check character, if any, is last.</summary>
    private readonly int[] variables;

    private CodePattern(CodeAlphabet alphabet, string template, int[] variables, bool hasCheck)
    {
        Alphabet = alphabet;
        HasCheck = hasCheck;
        this.template = template;
        this.variables = variables;
    }

    public CodeAlphabet Alphabet { get; }

    public bool HasCheck { get; }

    /// <summary>How many random characters a code needs.</summary>
    public int RandomCharacters => variables.Length - (HasCheck ? 1 : 0);

    public int Bits => Alphabet.BitsOf(RandomCharacters);

    /// <summary>
    /// Reads a pattern. A pattern whose only fault is being too weak is still returned, so that the caller can state its bits.
    /// </summary>
    public static PatternFault TryParse(string text, CodeAlphabet alphabet, out CodePattern? pattern)
    {
        pattern = null;
        var template = new StringBuilder(text.Length);
        var variables = new List<int>();
        var checks = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == Escape)
            {
                if (++at == text.Length)
                    return PatternFault.EndsWithEscape;
            }
            else if (text[at] is Drawn or Check)
            {
                if (checks > 0)
                    return text[at] == Check ? PatternFault.SecondCheck : PatternFault.RandomAfterCheck;
                checks += text[at] == Check ? 1 : 0;
                variables.Add(template.Length);
            }
            template.Append(text[at]);
        }
        if (checks > 0 && alphabet != CodeAlphabet.Base32)
            return PatternFault.CheckWithoutBase32;

        pattern = new CodePattern(alphabet, template.ToString(), [.. variables], hasCheck: checks > 0);
        var fault = pattern.FaultOfCodes();
        if (fault != PatternFault.None)
            pattern = null;
        else if (pattern.Bits < MinBits)
            return PatternFault.TooWeak;
        return fault;
    }

    /// <param name="places">The places of <see cref="RandomCharacters"/> drawn characters in the alphabet.</param>
    public string Fill(ReadOnlySpan<byte> places)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(places.Length, RandomCharacters);
        Span<char> code = stackalloc char[template.Length];
        template.CopyTo(code);
        for (var drawn = 0; drawn < places.Length; drawn++)
            code[variables[drawn]] = Alphabet.Characters[places[drawn]];
        if (HasCheck)
            code[variables[^1]] = Alphabet.Characters[CheckCharacter.PlaceFor(places)];
        return new string(code);
    }

    /// <summary>Reads the random characters of a code that <see cref="Fill"/> made.</summary>
    /// <param name="places">Receives the places in the alphabet; <see cref="RandomCharacters"/> long.</param>
    public void ReadPlaces(string code, Span<byte> places)
    {
        for (var drawn = 0; drawn < places.Length; drawn++)
        {
            if (!Alphabet.TryPlace(code[variables[drawn]], out places[drawn]))
                throw new ArgumentException("The code does not have this pattern.", nameof(code));
        }
    }

    private PatternFault FaultOfCodes()
    {
        if (template.Length > 2 * MaxCharacters || template.EnumerateRunes().Count() > MaxCharacters)
            return PatternFault.TooLong;
        var code = Fill(new byte[RandomCharacters]);
        return CertificateCode.TryCreate(code, out var made) == CodeFault.None && made.Folded.Length > 0
            ? PatternFault.None
            : PatternFault.NotACode;
    }
}

/// <summary>Why a text is not a valid <see cref="CodePattern"/>, in order of precedence.</summary>
public enum PatternFault
{
    None,
    EndsWithEscape,
    SecondCheck,

    /// <summary>A random character follows the check character, which must be the last variable one.</summary>
    RandomAfterCheck,

    /// <summary>The alphabet of digits has no check character.</summary>
    CheckWithoutBase32,

    TooLong,

    /// <summary>The text is empty or has characters that no code may have.</summary>
    NotACode,

    /// <summary>The pattern has fewer than <see cref="CodePattern.MinBits"/> random bits.</summary>
    TooWeak,
}
