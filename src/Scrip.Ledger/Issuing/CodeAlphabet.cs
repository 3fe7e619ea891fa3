using System.Collections.Frozen;

namespace Scrip.Ledger.Issuing;

/// <summary>The characters from which codes are generated.</summary>
public sealed class CodeAlphabet
{
    /// <summary>
    /// Crockford's alphabet: digits and capital letters without I, L, O and U, so that no two characters are confused when read aloud or
    /// typed. <see cref="Certificates.CertificateCode.Fold"/> keeps them all distinct.
    /// </summary>
    public static readonly CodeAlphabet Base32 = new("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

    /// <summary>Digits only, for number pads.</summary>
    public static readonly CodeAlphabet Digits = new("0123456789");

    private readonly FrozenDictionary<char, byte> places;

    /// <summary>How many of the 256 values of a byte are used: the largest multiple of the number of characters.</summary>
    private readonly int usableBytes;

    private CodeAlphabet(string characters)
    {
        Characters = characters;
        places = characters.Select((character, place) => KeyValuePair.Create(character, (byte)place)).ToFrozenDictionary();
        usableBytes = 256 / characters.Length * characters.Length;
    }

    public string Characters { get; }

    /// <summary>How many random bits the given number of characters has, rounded down.</summary>
    public int BitsOf(int characters) => (int)Math.Floor(characters * Math.Log2(Characters.Length));

    /// <summary>Maps a random byte to the place of a character; each place is equally likely.</summary>
    /// <returns>False for a byte that maps to no character: draw another.</returns>
    public bool TryPlace(byte drawn, out byte place)
    {
        place = (byte)(drawn % Characters.Length);
        return drawn < usableBytes;
    }

    public bool TryPlace(char character, out byte place) => places.TryGetValue(character, out place);
}
