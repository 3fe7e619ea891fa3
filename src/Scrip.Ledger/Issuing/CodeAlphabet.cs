using System.Collections.Frozen;

namespace Scrip.Ledger.Issuing;

/// <summary>The characters of which codes are generated.</summary>
public sealed class CodeAlphabet
{
    /// <summary>
    /// Crockford's: digits and capital letters without I, L, O and U, so that no two of them are taken for each other when they are read
    /// aloud or typed. <see cref="Certificates.CertificateCode.Fold"/> keeps them all apart.
    /// </summary>
    public static readonly CodeAlphabet Base32 = new("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

    /// <summary>For number pads.</summary>
    public static readonly CodeAlphabet Digits = new("0123456789");

    private readonly FrozenDictionary<char, byte> places;

    /// <summary>How many of the 256 values of a byte stand for a character: the largest multiple of their number.</summary>
    private readonly int usableBytes;

    private CodeAlphabet(string characters)
    {
        Characters = characters;
        places = characters.Select((character, place) => KeyValuePair.Create(character, (byte)place)).ToFrozenDictionary();
        usableBytes = 256 / characters.Length * characters.Length;
    }

    public string Characters { get; }

    /// <summary>How many random bits so many characters have, rounded down.</summary>
    public int BitsOf(int characters) => (int)Math.Floor(characters * Math.Log2(Characters.Length));

    /// <summary>The place of the character that a random byte stands for, each equally often.</summary>
    /// <returns>False for a byte that stands for none: another must be drawn.</returns>
    public bool TryPlace(byte drawn, out byte place)
    {
        place = (byte)(drawn % Characters.Length);
        return drawn < usableBytes;
    }

    public bool TryPlace(char character, out byte place) => places.TryGetValue(character, out place);
}
