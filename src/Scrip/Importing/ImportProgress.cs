using System.Globalization;
using Scrip.Printing;

namespace Scrip.Importing;

/// <summary>Shows how far a command is, on standard error: a bar on a terminal, otherwise lines.</summary>
/// <param name="verb">What happens to the rows, such as <c>sent</c>.</param>
/// <param name="hasLines">Whether to print lines where there is no terminal.</param>
internal sealed class ImportProgress(string verb, int rows, bool hasLines, TimeProvider time)
{
    private const int WidestBar = 40;

    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private readonly long start = time.GetTimestamp();
    private int done;
    private bool isShown;

    public void Advance(int more)
    {
        done += more;
        if (isTerminal)
            Draw();
        else if (hasLines)
            ErrorLine.Write(Describe());
    }

    /// <summary>Removes the bar, so that a line can be printed.</summary>
    public void Hide()
    {
        if (!isShown)
            return;
        Console.Error.Write($"\r{new string(' ', Width())}\r");
        isShown = false;
    }

    /// <summary>Removes the bar for good.</summary>
    public void Complete() => Hide();

    private static int Width() => Math.Max(Console.WindowWidth - 1, 1);

    private void Draw()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(long)done * 100 / Math.Max(rows, 1),3}%  {Describe()}");
        var width = Width();
        var bar = Math.Min(WidestBar, width - text.Length - 4);
        if (bar >= 5)
        {
            var full = (int)((long)bar * done / Math.Max(rows, 1));
            text = $"{text[..4]} [{new string('=', full)}{new string(' ', bar - full)}] {text[6..]}";
        }
        Console.Error.Write($"\r{(text.Length > width ? text[..width] : text.PadRight(width))}");
        isShown = true;
    }

    private string Describe()
    {
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var text = $"{Cells.Grouped(done)} of {Cells.Grouped(rows)} rows {verb}";
        if (done == 0 || seconds <= 0)
            return text;
        var rate = done / seconds;
        text = $"{text}, {Cells.Grouped((long)rate)} rows/s";
        var left = TimeSpan.FromSeconds(Math.Ceiling((rows - done) / rate));
        var format = left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss";
        return done == rows ? text : $"{text}, {left.ToString(format, CultureInfo.InvariantCulture)} left";
    }
}
