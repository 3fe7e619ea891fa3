using System.Text;

namespace Scrip.Bench.Certificates;

/// <summary>
/// The code of each certificate, computed from its id: random enough to hit the unique index everywhere, the same in every run, and
/// never the same twice.
/// </summary>
internal static class CertificateCodes
{
    public const int Length = 20;

    // 64 bits need 13 characters of five bits each; the other seven come from a second number.
    private const int CharactersOfFirst = 13;
    private const int BitsPerCharacter = 5;

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    public static void Write(int id, Span<byte> destination)
    {
        var first = Scrambled.Number((ulong)id);
        WriteBits(first, destination[..CharactersOfFirst]);
        WriteBits(Scrambled.Number(first), destination[CharactersOfFirst..Length]);
    }

    public static string Get(int id)
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
}
