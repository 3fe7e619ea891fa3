using System.Globalization;
using Scrip.Client;

namespace Scrip.Importing;

/// <summary>The sums of the server's reports.</summary>
internal sealed class ImportTotals
{
    private decimal balance;

    public int Rows { get; private set; }

    public int Created { get; private set; }

    public int Updated { get; private set; }

    public int Skipped { get; private set; }

    public int Refused { get; private set; }

    public long Value { get; private set; }

    public int Parts { get; private set; }

    public int PartsDoneBefore { get; private set; }

    public void Add(ImportReport report, bool isReplay)
    {
        Rows += report.Rows;
        Created += report.Created;
        Updated += report.Updated;
        Skipped += report.Skipped;
        Refused += report.Refused;
        Value += report.Value;
        balance += decimal.Parse(report.Balance, NumberStyles.Number, CultureInfo.InvariantCulture);
        Parts++;
        PartsDoneBefore += isReplay ? 1 : 0;
    }

    public ImportSummary ToSummary(FileCheck check, int rows, int digits, bool isDryRun)
    {
        var unit = (decimal)Math.Pow(10, digits);
        return new(
            isDryRun, rows, check.Refused, (long)(check.Value / unit), Amount(check.Balance / unit),
            Rows, Created, Updated, Skipped, Refused, Value, Amount(balance), Parts, PartsDoneBefore);

        string Amount(decimal amount) => amount.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }
}
