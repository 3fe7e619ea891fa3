using System.Globalization;

namespace Scrip.Bench.Server;

/// <summary>The memory of another process as the kernel counts it, in bytes.</summary>
internal sealed class ProcessMemory(int processId)
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>What the process holds in memory now.</summary>
    public long Resident => Read("VmRSS:");

    /// <summary>The most it has ever held.</summary>
    public long Peak => Read("VmHWM:");

    /// <summary>The most it held while something was going on.</summary>
    public async Task<long> PeakDuringAsync(Task work, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SampleInterval);
        var peak = Resident;
        while (!work.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
            peak = Math.Max(peak, Resident);
        await work;
        return peak;
    }

    private long Read(string name)
    {
        // "VmRSS:	   53380 kB", where kB are units of 1,024 bytes.
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var number = line.AsSpan(name.Length).TrimEnd("kB").Trim();
        return long.Parse(number, CultureInfo.InvariantCulture) * 1_024;
    }
}
