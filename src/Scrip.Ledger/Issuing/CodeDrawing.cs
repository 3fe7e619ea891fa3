using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>Draws the random characters of generated codes.</summary>
public static class CodeDrawing
{
    private const int BytesAtOnce = 4096;

    /// <summary>More repeated codes than any random source produces.</summary>
    private const int MostRepetitions = 1_000;

    /// <summary>Draws codes whose folded forms are all different.</summary>
    /// <param name="fill">Fills bytes at random; outside tests, from the operating system's generator.</param>
    /// <exception cref="InvalidOperationException">The source repeats itself.</exception>
    public static IReadOnlyList<CertificateCode> Draw(CodePattern pattern, int count, Action<byte[]> fill)
    {
        var codes = new List<CertificateCode>(count);
        var folded = new HashSet<string>(count, StringComparer.Ordinal);
        var bytes = new byte[BytesAtOnce];
        var used = bytes.Length;
        var places = new byte[pattern.RandomCharacters];
        for (var repetitions = 0; codes.Count < count;)
        {
            for (var at = 0; at < places.Length;)
            {
                if (used == bytes.Length)
                {
                    fill(bytes);
                    used = 0;
                }
                if (pattern.Alphabet.TryPlace(bytes[used++], out places[at]))
                    at++;
            }
            // The pattern was checked: every code that it makes is valid.
            _ = CertificateCode.TryCreate(pattern.Fill(places), out var code);
            if (folded.Add(code.Folded))
                codes.Add(code);
            else if (++repetitions == MostRepetitions)
                throw new InvalidOperationException("The source of random numbers repeats itself.");
        }
        return codes;
    }
}
