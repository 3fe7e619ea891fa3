using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>Reads a text in one of several ways.</summary>
internal delegate bool Reading<TWay, TValue>(ReadOnlySpan<char> text, TWay way, out TValue value);

/// <summary>
/// Decides how the amounts or the dates of a whole file are read: in the one way that fits all of them. If several ways fit, they must give
/// the same value for every text.
/// </summary>
internal sealed class Convention<TWay, TValue>(Reading<TWay, TValue> read)
    where TWay : struct, Enum
    where TValue : IEquatable<TValue>
{
    private static readonly TWay[] Ways = Enum.GetValues<TWay>();

    private readonly TValue[] values = new TValue[Ways.Length];
    private readonly Example?[] againstWay = new Example?[Ways.Length];
    private readonly Example?[,] unlike = new Example?[Ways.Length, Ways.Length];

    /// <summary>Notes a text. A text that fits no way is an error of its row, not of the file.</summary>
    public void Observe(int row, int column, ReadOnlySpan<char> text)
    {
        Span<bool> isReadable = stackalloc bool[Ways.Length];
        for (var way = 0; way < Ways.Length; way++)
            isReadable[way] = read(text, Ways[way], out values[way]);
        if (!isReadable.Contains(true))
            return;
        for (var way = 0; way < Ways.Length; way++)
        {
            if (!isReadable[way])
                againstWay[way] ??= new(row, column, text.ToString());
            for (var other = way + 1; isReadable[way] && other < Ways.Length; other++)
            {
                if (isReadable[other] && unlike[way, other] is null && !values[way].Equals(values[other]))
                    unlike[way, other] = new(row, column, text.ToString());
            }
        }
    }

    /// <summary>Returns the way, or the first of several ways with the same results.</summary>
    /// <param name="mixed">Creates the refusal if no way fits all: from two texts that no single way can read.</param>
    /// <param name="open">Creates the refusal if several ways fit all: from a text, and the ways that read it differently.</param>
    public TWay Decide(Func<Example, Example, TableException> mixed, Func<Example, IEnumerable<TWay>, TableException> open)
    {
        var left = Enumerable.Range(0, Ways.Length).Where(way => againstWay[way] is null).ToArray();
        if (left.Length == 0)
        {
            var examples = againstWay.Select(example => example!).OrderBy(example => example.Row).ToArray();
            throw mixed(examples[0], examples[^1]);
        }
        foreach (var way in left)
        {
            foreach (var other in left)
            {
                if (unlike[way, other] is { } example)
                    throw open(example, left.Select(place => Ways[place]));
            }
        }
        return Ways[left[0]];
    }
}

/// <summary>A cell that shows how a file is to be read.</summary>
internal sealed record Example(int Row, int Column, string Text);
