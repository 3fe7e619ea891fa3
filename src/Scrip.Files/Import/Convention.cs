using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>Reads a text in one of several ways.</summary>
internal delegate bool Reading<TWay, TValue>(ReadOnlySpan<char> text, TWay way, out TValue value);

/// <summary>
/// Decides for a whole file how its amounts or its dates are to be read: in the one way in which all of them can be. Where several ways
/// fit, they must give the same value for every text.
/// </summary>
internal sealed class Convention<TWay, TValue>(Reading<TWay, TValue> read)
    where TWay : struct, Enum
    where TValue : IEquatable<TValue>
{
    private static readonly TWay[] Ways = Enum.GetValues<TWay>();

    private readonly TValue[] values = new TValue[Ways.Length];
    private readonly Example?[] againstWay = new Example?[Ways.Length];
    private readonly Example?[,] unlike = new Example?[Ways.Length, Ways.Length];

    /// <summary>Takes note of a text. One that cannot be read in any way is the row's fault, not the file's.</summary>
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

    /// <summary>The way, or the first one where all come to the same.</summary>
    /// <param name="mixed">Makes the refusal where no way fits all: of two texts that no way reads both.</param>
    /// <param name="open">Makes the refusal where several ways fit all: of a text, and the ways in which it has several values.</param>
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
