using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>One comment of a file: the lines that belong together, as one line of text.</summary>
/// <param name="Line">The number of its first line, from 1.</param>
internal readonly partial record struct Comment(string Path, int Line, string Text)
{
    /// <summary>Marks the beginning of a text that an editor shows by itself.</summary>
    public const char Start = '¶';

    public static IEnumerable<Comment> AllIn(SourceFile file)
    {
        var pattern = file.Path.EndsWith(".sql", StringComparison.Ordinal) ? OfSql() : OfCSharp();
        var (first, last, texts) = (0, 0, new List<string>());
        for (var at = 0; at < file.Lines.Length; at++)
        {
            if (pattern.Match(file.Lines[at]) is not { Success: true } found)
                continue;
            var continues = last == at && found.Groups["code"].Value.Trim().Length == 0;
            if (!continues && texts.Count > 0)
                yield return Joined();
            if (!continues)
                (first, texts) = (at + 1, []);
            last = at + 1;
            texts.Add(found.Groups["text"].Value.Trim());
        }
        if (texts.Count > 0)
            yield return Joined();

        Comment Joined() => new(file.Path, first, $"{Start} {Tags().Replace(string.Join(' ', texts), $" {Start} ")}");
    }

    public override string ToString() => $"{Path}:{Line}: {Text}";

    [GeneratedRegex(@"^(?<code>.*?)(?<=^|[\s;{},])///?(?!/)\s?(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex OfCSharp();

    [GeneratedRegex(@"^(?<code>.*?)--\s?(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex OfSql();

    [GeneratedRegex(@"\s*</?(summary|remarks|param|typeparam|returns|exception|para|list|item)\b[^>]*>\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();
}
