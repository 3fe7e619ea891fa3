using Scrip.Files.Import;

namespace Scrip.Importing;

/// <summary>What a whole file has: its rows, totals and errors.</summary>
internal sealed class FileCheck
{
    private const int MaxErrors = 1000;
    private const int RowsBetweenReports = 50_000;

    private readonly List<int> rows;
    private readonly List<ImportFinding> errors = [];

    private FileCheck(int count) => rows = new(count);

    /// <summary>The rows without errors, as the file numbers them.</summary>
    public IReadOnlyList<int> Rows => rows;

    /// <summary>The errors of the first rows that have some.</summary>
    public IReadOnlyList<ImportFinding> Errors => errors;

    /// <summary>The number of rows with errors.</summary>
    public int Refused { get; private set; }

    /// <summary>What the rows without errors are worth, in the minor unit.</summary>
    public decimal Value { get; private set; }

    /// <summary>What they have left, in the minor unit.</summary>
    public decimal Balance { get; private set; }

    /// <summary>Reads the whole file. Equal and similar codes are found wherever in the file they are.</summary>
    public static FileCheck Of(ImportFile file, ImportProgress progress)
    {
        var check = new FileCheck(file.Rows);
        var read = 0;
        foreach (var line in file.ReadLines())
        {
            check.Add(line);
            if (++read % RowsBetweenReports == 0)
                progress.Advance(RowsBetweenReports);
        }
        progress.Complete();
        return check;
    }

    private void Add(ImportLine line)
    {
        if (line.Errors.Count > 0)
        {
            Refused++;
            if (errors.Count < MaxErrors)
                errors.AddRange(line.Errors);
            return;
        }
        rows.Add(line.Row);
        Value += line.Certificate?.Value ?? 0;
        Balance += line.Certificate?.Balance ?? 0;
    }
}
