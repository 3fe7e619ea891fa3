using System.Globalization;
using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>How a file is read, decided from all of its rows.</summary>
internal sealed record ImportPlan(ColumnMap Columns, DecimalMark Decimal, DateOrder Dates, bool DigitsAreLost, int Rows)
{
    /// <inheritdoc cref="FileHead.ReasonColumn"/>
    public required int ReasonColumn { get; init; }

    /// <summary>Reads the whole file once.</summary>
    /// <exception cref="TableException">The whole file is refused.</exception>
    public static ImportPlan Make(TableFile table, ImportOptions options, WarningList warnings)
    {
        using var rows = table.ReadRows().GetEnumerator();
        var head = FileHead.Read(rows, options.Source);
        var format = head.HasNoCaptions ? PwFormat.Format : Recognition.Find(options, head.Captions, head.IsNumbered);
        Warn(head, warnings);
        var columns = ColumnMap.Create(format, head.Captions, warnings);
        if (format.Notice is { } notice)
            warnings.Add(ImportWarning.Notice, notice);

        var amounts = new Convention<DecimalMark, decimal>(AmountText.TryRead);
        var dates = new Convention<DateOrder, WrittenDate>(DateText.TryRead);
        var digits = new LostDigits();
        var count = 0;
        foreach (var row in head.RowsBelow(rows))
        {
            if (++count > options.Limits.MaxRows)
                throw TooManyRows(options.Limits.MaxRows, row.Number);
            Observe(row, columns, options, amounts, dates, digits);
        }
        if (count == 0)
            throw new TableException(ImportFault.Empty, "The file has captions, but no rows.");
        if (digits.MayBeLost)
        {
            warnings.Add(
                ImportWarning.PerhapsLostDigit,
                "The file's one code of 16 digits ends in 0. A spreadsheet may have lost its last digit.",
                column: columns.CaptionOf(Field.Code));
        }
        return new(
            columns,
            options.Decimal ?? amounts.Decide(MixedDecimals, OpenDecimal),
            options.Dates ?? dates.Decide(MixedDates, OpenDate),
            digits.AreLost,
            count)
        {
            ReasonColumn = head.ReasonColumn,
        };
    }

    private static void Warn(FileHead head, WarningList warnings)
    {
        if (head.HasNoCaptions)
        {
            warnings.Add(
                ImportWarning.ReadByPosition,
                "The file has no captions. The columns are read in the order of PW: code, balance, expiry, address.");
        }
        if (head.Titles > 0)
            warnings.Add(ImportWarning.TitleRow, $"The rows above the captions are not read: {head.Titles}.");
    }

    private static void Observe(
        TableRow row,
        ColumnMap columns,
        ImportOptions options,
        Convention<DecimalMark, decimal> amounts,
        Convention<DateOrder, WrittenDate> dates,
        LostDigits digits)
    {
        var code = columns[Field.Code];
        digits.Observe(row.KindOf(code), row.TextOf(code));
        foreach (var column in columns.Amounts)
        {
            if (IsOpen(row.KindOf(column)) && !IsExact(row.TextOf(column), columns.Format, options.CurrencyDigits))
                amounts.Observe(row.Number, column, row.TextOf(column));
        }
        foreach (var column in columns.Dates)
        {
            if (IsOpen(row.KindOf(column)) && !DateText.IsNothing(row.TextOf(column)))
                dates.Observe(row.Number, column, row.TextOf(column));
        }
    }

    /// <summary>Whether the cell is a text that may be read in more than one way.</summary>
    private static bool IsOpen(CellKind kind) => kind is CellKind.Plain or CellKind.Text;

    /// <summary>
    /// Whether an amount can be read in only one way although it may look like thousands: <c>1.500</c> in a file that has all digits.
    /// </summary>
    private static bool IsExact(ReadOnlySpan<char> amount, FileFormat format, int digits)
    {
        if (!amount.ContainsAnyExceptInRange('0', '9'))
            return true;
        var point = amount.IndexOf('.');
        return format.HasAllDigits && point > 0 && amount.Length - point - 1 == digits && amount.IndexOfAnyExceptInRange('0', '9') == point
            && amount.LastIndexOfAnyExceptInRange('0', '9') == point;
    }

    private static TableException TooManyRows(int most, int row) =>
        new(ImportFault.TooManyRows, $"The file has more than {TableException.Number(most)} rows. Divide it into several.", row);

    private static TableException MixedDecimals(Example one, Example other) => new(
        ImportFault.MixedDecimals,
        $"Row {one.Row} has {one.Text} and row {other.Row} has {other.Text}: one has a decimal point, the other a decimal comma. Export "
        + "the file again, or set decimal=point or decimal=comma to have only the rows that do not fit refused.",
        other.Row,
        other.Column);

    private static TableException MixedDates(Example one, Example other) => new(
        ImportFault.MixedDates,
        $"Row {one.Row} has {one.Text} and row {other.Row} has {other.Text}: their parts are in different orders. A spreadsheet may have "
        + "changed some of the dates. Export the file again, or set dates=ymd, dates=dmy or dates=mdy to have only the rows that do not "
        + "fit refused.",
        other.Row,
        other.Column);

    private static TableException OpenDecimal(Example example, IEnumerable<DecimalMark> marks) => new(
        ImportFault.AmbiguousDecimals,
        $"{example.Text} is {string.Join(" or ", marks.Select(mark => AmountBy(example, mark)))}, and no other row tells which. Set "
        + "decimal=point or decimal=comma.",
        example.Row,
        example.Column);

    private static TableException OpenDate(Example example, IEnumerable<DateOrder> orders) => new(
        ImportFault.AmbiguousDates,
        $"{example.Text} is {string.Join(" or ", orders.Select(order => DateBy(example, order)))}, and no other row tells which. Set "
        + $"{string.Join(" or ", orders.Select(order => $"dates={NameOf(order)}"))}.",
        example.Row,
        example.Column);

    private static string AmountBy(Example example, DecimalMark mark)
    {
        AmountText.TryRead(example.Text, mark, out var amount);
        var number = amount.ToString(CultureInfo.InvariantCulture);
        return mark == DecimalMark.Point ? $"{number} with a decimal point" : $"{number} with a decimal comma";
    }

    private static string DateBy(Example example, DateOrder order)
    {
        DateText.TryRead(example.Text, order, out var date);
        return date.Local.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    private static string NameOf(DateOrder order) => order switch
    {
        DateOrder.YearMonthDay => "ymd",
        DateOrder.DayMonthYear => "dmy",
        DateOrder.MonthDayYear => "mdy",
    };
}
