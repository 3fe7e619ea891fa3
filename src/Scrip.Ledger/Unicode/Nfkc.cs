using System.Text;

namespace Scrip.Ledger.Unicode;

/// <summary>
/// Normalization form KC (Unicode Standard Annex 15) from Scrip's own tables. <see cref="string.Normalize()"/> relies on the machine's ICU,
/// which this program runs without, and would then return its input unchanged.
/// </summary>
internal static class Nfkc
{
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var decomposed = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, decomposed);
        PutMarksInOrder(decomposed);
        var composed = new StringBuilder(decomposed.Count);
        foreach (var character in Compose(decomposed))
            composed.Append(new Rune(character));
        return composed.ToString();
    }

    private static void Decompose(int character, List<int> decomposed)
    {
        if (Hangul.IsSyllable(character))
            Hangul.Decompose(character, decomposed);
        else if (NfkcTables.Decompositions.TryGetValue(character, out var parts))
            decomposed.AddRange(parts);
        else
            decomposed.Add(character);
    }

    /// <summary>Sorts the marks on the same base by their class; marks of one class keep their order.</summary>
    private static void PutMarksInOrder(List<int> characters)
    {
        for (var at = 1; at < characters.Count; at++)
        {
            var character = characters[at];
            var rank = ClassOf(character);
            if (rank == 0)
                continue;
            var place = at;
            for (; place > 0 && ClassOf(characters[place - 1]) > rank; place--)
                characters[place] = characters[place - 1];
            characters[place] = character;
        }
    }

    private static List<int> Compose(List<int> decomposed)
    {
        var composed = new List<int>(decomposed.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var character in decomposed)
        {
            var rank = ClassOf(character);
            var isBlocked = starter < 0 || (composed.Count > starter + 1 && (lastClass == 0 || lastClass >= rank));
            if (!isBlocked && ComposePair(composed[starter], character) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }
            if (rank == 0)
                starter = composed.Count;
            lastClass = rank;
            composed.Add(character);
        }
        return composed;
    }

    private static int? ComposePair(int first, int second) =>
        Hangul.Compose(first, second)
        ?? (NfkcTables.Compositions.TryGetValue((first, second), out var composed) ? composed : null);

    private static int ClassOf(int character) => NfkcTables.CombiningClasses.GetValueOrDefault(character);

    /// <summary>The 11,172 Hangul syllables, which are composed arithmetically (The Unicode Standard, 3.12).</summary>
    private static class Hangul
    {
        private const int FirstSyllable = 0xAC00;
        private const int FirstLead = 0x1100;
        private const int FirstVowel = 0x1161;
        private const int BeforeFirstTail = 0x11A7;
        private const int Leads = 19;
        private const int Vowels = 21;
        private const int Tails = 28;
        private const int Syllables = Leads * Vowels * Tails;

        public static bool IsSyllable(int character) => character is >= FirstSyllable and < FirstSyllable + Syllables;

        public static void Decompose(int syllable, List<int> decomposed)
        {
            var (rest, tail) = Math.DivRem(syllable - FirstSyllable, Tails);
            var (lead, vowel) = Math.DivRem(rest, Vowels);
            decomposed.Add(FirstLead + lead);
            decomposed.Add(FirstVowel + vowel);
            if (tail > 0)
                decomposed.Add(BeforeFirstTail + tail);
        }

        public static int? Compose(int first, int second)
        {
            if (first is >= FirstLead and < FirstLead + Leads && second is >= FirstVowel and < FirstVowel + Vowels)
                return FirstSyllable + ((first - FirstLead) * Vowels + second - FirstVowel) * Tails;
            var hasNoTail = IsSyllable(first) && (first - FirstSyllable) % Tails == 0;
            return hasNoTail && second is > BeforeFirstTail and < BeforeFirstTail + Tails ? first + second - BeforeFirstTail : null;
        }
    }
}
