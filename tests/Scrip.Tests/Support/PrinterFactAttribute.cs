namespace Scrip.Tests.Support;

/// <summary>A test that needs a browser that prints, and programs that look at what it printed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrinterFactAttribute() : RequirementFactAttribute(FindMissing)
{
    private static string? FindMissing() =>
        new[] { "chromium", "pdftoppm", "zbarimg" }.FirstOrDefault(program => !File.Exists($"/usr/bin/{program}")) is { } missing
            ? $"{missing} is not installed (Debian: chromium, poppler-utils, zbar-tools)."
            : null;
}
