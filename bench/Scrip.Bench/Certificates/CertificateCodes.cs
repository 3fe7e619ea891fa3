using System.Text;

namespace Scrip.Bench.Certificates;

/// <summary>
/// The code of each certificate, computed from its id: random enough to hit the unique index everywhere, the same in every run, and
/// never the same twice.
/// </summary>
internal sealed class CertificateCodes
{
    public const int Length = 20;

    /// <summary>What certificates are created with, and what they are renamed to.</summary>
    public static readonly CertificateCodes Original = new(0), Renamed = new(1);

    // 64 bits need 13 characters of five bits each; the other seven come from a second number.
    private const int CharactersOfFirst = 13;
    private const int BitsPerCharacter = 5;

    private readonly ulong seed;

    private CertificateCodes(ulong generation) => seed = generation << 32;

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    public void Write(int id, Span<byte> destination)
    {
        var first = Mix(seed + (ulong)id);
        WriteBits(first, destination[..CharactersOfFirst]);
        WriteBits(Mix(first), destination[CharactersOfFirst..Length]);
    }

    public string Get(int id)
    {
        Span<byte> code = stackalloc byte[Length];
        Write(id, code);
        return Encoding.ASCII.GetString(code);
    }

    private static void WriteBits(ulong bits, Span<byte> destination)
    {
        foreach (ref var character in destination)
        {
            character = Alphabet[(int)(bits % (ulong)Alphabet.Length)];
            bits >>= BitsPerCharacter;
        }
    }

    // SplitMix64, which maps no two numbers to the same one.
    private static ulong Mix(ulong number)
    {
        unchecked
        {
            number += 0x9E3779B97F4A7C15;
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return number ^ (number >> 31);
        }
    }
}
