using System.Globalization;

namespace Scrip.Files.Tables;

/// <summary>A file cannot be read as a table, or is larger than its limits allow.</summary>
public sealed class TableException : Exception
{
    internal TableException(string code, string message, int? row = null, int? column = null, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Row = row;
        Column = column;
    }

    /// <summary>The violated rule; one of <see cref="TableFault"/>.</summary>
    public string Code { get; }

    /// <summary>The row as a spreadsheet numbers it; null for the whole file.</summary>
    public int? Row { get; }

    /// <summary>The column from 0; null for the whole row.</summary>
    public int? Column { get; }

    internal static TableException TooManyColumns(TableLimits limits, int row) =>
        new(TableFault.TooManyColumns, $"The row has more than {Number(limits.MaxColumns)} columns.", row);

    internal static TableException CellTooLong(int maxCharacters, int? row, int? column) => new(
        TableFault.CellTooLong,
        $"The cell has more than {Number(maxCharacters)} characters. A quotation mark may be missing.",
        row,
        column);

    /// <summary>A limit in readable form: <c>100,000</c>.</summary>
    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Why a file is not a valid table. The values are part of the API.</summary>
public static class TableFault
{
    public const string NotATable = "not_a_table";
    public const string BrokenFile = "broken_file";
    public const string TooLarge = "too_large";
    public const string TooManyColumns = "too_many_columns";
    public const string CellTooLong = "cell_too_long";
}
