using System.Globalization;

namespace Scrip.Bench.Server;

/// <summary>The memory of another process as the kernel counts it, in bytes.</summary>
internal sealed class ProcessMemory(int processId)
{
    private const string ResetPeak = "5";

    /// <summary>The process's resident memory now.</summary>
    public long Resident => Read("VmRSS:");

    /// <summary>By how much the process grew at most during the work.</summary>
    public async Task<long> GrowthDuringAsync(Func<Task> work)
    {
        await File.WriteAllTextAsync($"/proc/{processId}/clear_refs", ResetPeak);
        var before = Resident;
        await work();
        return Read("VmHWM:") - before;
    }

    private long Read(string name)
    {
        // "VmRSS:	   53380 kB", where kB are units of 1,024 bytes.
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var number = line.AsSpan(name.Length).TrimEnd("kB").Trim();
        return long.Parse(number, CultureInfo.InvariantCulture) * 1_024;
    }
}
