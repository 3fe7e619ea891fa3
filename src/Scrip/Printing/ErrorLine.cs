namespace Scrip.Printing;

/// <summary>Lines on standard error, which leave standard output to the result.</summary>
internal static class ErrorLine
{
    public static void Write(string line) => Console.Error.WriteLine($"scrip: {line.ReplaceLineEndings(" ")}");
}
