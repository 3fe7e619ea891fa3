using System.Globalization;

namespace Scrip.Ledger.Unicode;

/// <summary>
/// The tables of <see cref="Nfkc"/>, read once from the embedded Nfkc.txt. Unicode never changes the normalization of a character that it
/// has assigned, so a newer file only adds characters.
/// </summary>
internal static class NfkcTables
{
    /// <summary>Full decompositions: none of their characters can be decomposed further.</summary>
    public static readonly Dictionary<int, int[]> Decompositions = [];

    /// <summary>The classes of marks. Every other character has class 0.</summary>
    public static readonly Dictionary<int, int> CombiningClasses = [];

    /// <summary>Compositions without the pairs that Unicode excludes.</summary>
    public static readonly Dictionary<(int First, int Second), int> Compositions = [];

    static NfkcTables()
    {
        using var file = typeof(NfkcTables).Assembly.GetManifestResourceStream("Nfkc.txt")!;
        using var lines = new StreamReader(file);
        var section = 0;
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                section++;
            else
                ReadLine(section, line);
        }
    }

    private static void ReadLine(int section, string line)
    {
        const int ofDecompositions = 2;
        const int ofClasses = 3;
        foreach (var item in line.Split(';'))
        {
            var sign = item.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = (item[..sign], item[(sign + 1)..]);
            switch (section)
            {
                case ofDecompositions:
                    Decompositions.Add(Character(key), Characters(value));
                    break;
                case ofClasses:
                    var range = key.Split('-');
                    for (var character = Character(range[0]); character <= Character(range[1]); character++)
                        CombiningClasses.Add(character, int.Parse(value, CultureInfo.InvariantCulture));
                    break;
                default:
                    var pair = Characters(value);
                    Compositions.Add((pair[0], pair[1]), Character(key));
                    break;
            }
        }
    }

    private static int[] Characters(string text) => Array.ConvertAll(text.Split(' '), Character);

    private static int Character(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
