namespace Scrip.Tests.Support;

/// <summary>
/// Shifts the time of day for one process of the executable while it runs: a library, compiled here, is loaded before all others and
/// replaces the system's calls.
/// </summary>
public sealed class ProcessClock : IDisposable
{
    private const string Source = "tests/Scrip.Tests/Faults/Clock/shifted_clock.c";

    private readonly TemporaryFolder folder = new();
    private TimeSpan shift;

    private ProcessClock() => Reset();

    /// <summary>The environment variables that the process needs.</summary>
    public (string Name, string Value)[] Variables => [("LD_PRELOAD", Library), ("CLOCK_SHIFT_FILE", ShiftFile)];

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow + shift;

    private string Library => Path.Combine(folder.Path, "shifted_clock.so");

    private string ShiftFile => Path.Combine(folder.Path, "shift");

    public static async Task<ProcessClock> CompileAsync()
    {
        var clock = new ProcessClock();
        await SystemCommand.RunAsync("cc", "-shared", "-fPIC", "-O1", "-o", clock.Library, SourceTree.PathOf(Source));
        return clock;
    }

    /// <summary>Why it cannot work on this machine; null if it can.</summary>
    public static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux())
            return "Only Linux loads a library before all others by LD_PRELOAD.";
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Any(folder => File.Exists(Path.Combine(folder, "cc"))) ? null : "There is no C compiler (cc) on this machine.";
    }

    /// <summary>Shifts the clock from the true time.</summary>
    public void Set(TimeSpan fromTrueTime)
    {
        shift = fromTrueTime;
        // In place, because the process has the file mapped.
        using var file = new FileStream(ShiftFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes(fromTrueTime.Ticks / TimeSpan.TicksPerMicrosecond));
    }

    public void Reset() => Set(TimeSpan.Zero);

    public void Dispose() => folder.Dispose();
}
