using System.Globalization;
using System.Text;

namespace Scrip.Server.Print;

/// <summary>A code as people read it: in groups, the last of them bold, in a size that fits.</summary>
internal sealed class PrintedCode(string text)
{
    /// <summary>The longest part without a separator that is still read at a glance.</summary>
    private const int LongestGroup = 8;

    private const int GroupLength = 4;

    /// <summary>Below it are the scripts whose letters do not join, so that they can be set apart.</summary>
    private const char AfterCyrillic = '\u0530';

    /// <summary>The width up to which each size fits, in the height of a letter.</summary>
    private static readonly (double Width, string Size)[] Sizes = [(13, "s1"), (26, "s2"), (60, "s3"), (130, "s4")];

    public string Text { get; } = text;

    /// <summary>Separators are written as they are. A gap between groups is not part of the text: a copied code has none.</summary>
    public void Write(HtmlWriter html)
    {
        var parts = PartsOf(Text);
        html.Write($"<p class=\"code {SizeOf(parts)}\"><bdi>");
        for (var at = 0; at < parts.Count; at++)
        {
            var (part, isSeparator) = parts[at];
            if (isSeparator)
                html.Write($"<i>{part}</i><wbr>");
            else if (at == parts.Count - 1)
                html.Write($"<b>{part}</b>");
            else if (parts[at + 1].IsSeparator)
                html.Write($"<span>{part}</span>");
            else
                html.Write($"<span class=\"gap\">{part}</span><wbr>");
        }
        html.Write($"</bdi></p>\n");
    }

    /// <summary>Splits a code at its separators, and what is long and has none into groups of equal length.</summary>
    public static IReadOnlyList<(string Text, bool IsSeparator)> PartsOf(string code)
    {
        List<(string, bool)> parts = [];
        List<string> run = [];
        var isSeparator = false;
        var elements = StringInfo.GetTextElementEnumerator(code);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (IsSeparator(element) != isSeparator)
                EndRun();
            isSeparator = IsSeparator(element);
            run.Add(element);
        }
        EndRun();
        return parts;

        void EndRun()
        {
            if (run.Count > 0)
                parts.AddRange(isSeparator || !CanBeSplit(run) ? [(string.Concat(run), isSeparator)] : GroupsOf(run));
            run.Clear();
        }
    }

    private static IEnumerable<(string, bool)> GroupsOf(List<string> run)
    {
        var groups = run.Count <= LongestGroup ? 1 : (run.Count + GroupLength - 1) / GroupLength;
        for (int group = 0, at = 0; group < groups; group++)
        {
            var length = (run.Count - at + groups - group - 1) / (groups - group);
            yield return (string.Concat(run.GetRange(at, length)), false);
            at += length;
        }
    }

    private static bool IsSeparator(string element) => !Rune.IsLetterOrDigit(Rune.GetRuneAt(element, 0));

    private static bool CanBeSplit(List<string> run) => run.TrueForAll(element => element[0] < AfterCyrillic);

    private static string SizeOf(IReadOnlyList<(string Text, bool IsSeparator)> parts)
    {
        var width = parts.Sum(part => part.Text.EnumerateRunes().Sum(rune => rune.IsAscii ? 0.6 : 1) + 0.3);
        foreach (var (most, size) in Sizes)
        {
            if (width <= most)
                return size;
        }
        return "s5";
    }
}
