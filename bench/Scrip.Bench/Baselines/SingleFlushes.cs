using System.Diagnostics;
using Scrip.Bench.Server;

namespace Scrip.Bench.Baselines;

/// <summary>A page written and forced to the disk, again and again: what a store that flushes for each write cannot exceed.</summary>
internal static class SingleFlushes
{
    private const int PageSize = 4_096;
    private const int FileSize = 4 * 1_024 * 1_024;

    /// <returns>Flushed writes a second.</returns>
    public static double Run(DataFolder folder, TimeSpan duration)
    {
        using var file = File.OpenHandle(folder.File("baseline.bin"), FileMode.Create, FileAccess.Write, preallocationSize: FileSize);
        var page = new byte[PageSize];
        new Random(1).NextBytes(page);

        var writes = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            RandomAccess.Write(file, page, (long)writes * PageSize % FileSize);
            RandomAccess.FlushToDisk(file);
            writes++;
        }
        return writes / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
