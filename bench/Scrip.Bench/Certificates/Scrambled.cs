namespace Scrip.Bench.Certificates;

/// <summary>Numbers that look random, are the same in every run, and are distinct for distinct inputs.</summary>
internal static class Scrambled
{
    /// <summary>SplitMix64, which maps no two numbers to the same one.</summary>
    public static ulong Number(ulong number)
    {
        unchecked
        {
            number += 0x9E3779B97F4A7C15;
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return number ^ (number >> 31);
        }
    }
}
