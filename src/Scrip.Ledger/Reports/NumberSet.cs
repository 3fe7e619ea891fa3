using System.Collections;

namespace Scrip.Ledger.Reports;

/// <summary>The set of numbers from 1 that have been seen, with one bit for each.</summary>
internal sealed class NumberSet(long last)
{
    private readonly BitArray met = new(checked((int)(last + 1)));

    public long Count { get; private set; }

    public bool Contains(long number) => number >= 1 && number <= last && met[(int)number];

    /// <summary>Adds a number. False if it was added before or is beyond the last.</summary>
    public bool Add(long number)
    {
        if (number < 1 || number > last || met[(int)number])
            return false;
        met[(int)number] = true;
        Count++;
        return true;
    }
}
