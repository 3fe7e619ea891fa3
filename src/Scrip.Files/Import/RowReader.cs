using System.Text;
using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>Converts a row to a certificate, or reports why it cannot.</summary>
internal sealed class RowReader(ImportPlan plan, ImportOptions options, WarningList warnings)
{
    private readonly ColumnMap columns = plan.Columns;
    private readonly decimal minorPerUnit = (decimal)Math.Pow(10, options.CurrencyDigits);
    private readonly ImportedMembers members = MembersOf(plan.Columns);
    private readonly List<ImportFinding> errors = [];
    private readonly Dictionary<string, (string Code, int Row)> seen = new(plan.Rows, StringComparer.Ordinal);
    private TableRow row = new();

    public ImportLine Read(TableRow next)
    {
        row = next;
        errors.Clear();
        if (IsTotal())
        {
            warnings.Add(ImportWarning.TotalRow, "The row has no code and is assumed to be the file's total. It is skipped.", row.Number);
            return new() { Row = row.Number };
        }
        if (ReadYesOrNo(Field.IsTest) == true)
        {
            warnings.Add(ImportWarning.TestCard, "The card is a test card, for which nobody paid. It is skipped.", row.Number);
            return new() { Row = row.Number };
        }
        if (columns[Field.IsGiftCard] >= 0 && !YesOrNo.IsYes(TextOf(Field.IsGiftCard), columns.ColumnOf(Field.IsGiftCard)))
            Refuse(Field.IsGiftCard, ImportFault.NotAGiftCard, "The code is not a gift card.");
        CheckCells();
        var certificate = ReadCertificate();
        return errors.Count == 0
            ? new() { Row = row.Number, Certificate = certificate }
            : new() { Row = row.Number, Errors = [.. errors], Cells = CellsOf(row, columns.Captions.Count) };
    }

    private static ImportedMembers MembersOf(ColumnMap columns) =>
        (columns[Field.StartsAt] < 0 ? 0 : ImportedMembers.StartsAt)
        | (columns[Field.ExpiresAt] < 0 ? 0 : ImportedMembers.ExpiresAt)
        | (columns[Field.Note] < 0 ? 0 : ImportedMembers.Note);

    private static string[] CellsOf(TableRow row, int count) =>
        [.. Enumerable.Range(0, count).Select(column => row.TextOf(column).ToString())];

    private ImportedCertificate ReadCertificate()
    {
        var code = ReadCode();
        CheckCurrency();
        var (value, balance, amounts) = ReadAmounts();
        var certificate = new ImportedCertificate
        {
            Row = row.Number,
            Code = code,
            Value = value,
            Balance = balance,
            IsActive = ReadYesOrNo(Field.IsActive),
            StartsAt = ReadInstant(Field.StartsAt),
            ExpiresAt = ReadInstant(Field.ExpiresAt),
            SingleUse = ReadYesOrNo(Field.SingleUse),
            Note = ReadText(Field.Note),
            Names = options.KeepNames ? ReadNames() : null,
            Told = amounts | members,
        };
        if (certificate.Names is not null)
            certificate = certificate with { Told = certificate.Told | ImportedMembers.Note };
        if (certificate.ExpiresAt <= certificate.StartsAt)
            Refuse(Field.ExpiresAt, ImportFault.ExpiresBeforeStart, "It would expire before it starts.");
        if (certificate.NoteWithNames is { } note && options.CheckNote(note) is var (rule, detail))
            Refuse(Field.Note, rule, detail);
        return certificate;
    }

    private string ReadCode()
    {
        var kind = KindOf(Field.Code);
        var text = TextOf(Field.Code);
        if (CodeCell.FaultOf(kind, text, plan.DigitsAreLost) is var (fault, detail))
        {
            Refuse(Field.Code, fault, detail);
            return "";
        }
        if (kind == CellKind.Number)
        {
            Warn(Field.Code, ImportWarning.NumericCode, "The code is a number in the file: zeros at its beginning would be lost.");
        }
        var code = text.ToString();
        if (options.CheckCode(code) is var (rule, reason))
            Refuse(Field.Code, rule, reason);
        var folded = options.FoldCode(code);
        if (seen.TryAdd(folded, (code, row.Number)))
            return code;
        var earlier = seen[folded];
        if (earlier.Code == code)
            Refuse(Field.Code, ImportFault.RepeatedCode, $"The code is also in row {earlier.Row}.");
        else
            Refuse(Field.Code, ImportFault.SimilarCode, $"The code differs from that in row {earlier.Row} only in what people mix up.");
        return code;
    }

    /// <summary>
    /// Refuses a cell beyond the last caption: if a separator inside a text split it into two cells, the other cells have moved too.
    /// </summary>
    private void CheckCells()
    {
        for (var column = columns.Captions.Count; column < row.Count; column++)
        {
            if (row.KindOf(column) == CellKind.Empty || column == plan.ReasonColumn)
                continue;
            errors.Add(new(
                row.Number,
                null,
                ImportFault.ExtraCells,
                "The row has more cells than the file has captions. A text with a separator in it may lack its quotation marks."));
            return;
        }
    }

    private void CheckCurrency()
    {
        if (ReadText(Field.Currency) is { } currency && !currency.Equals(options.Currency, StringComparison.OrdinalIgnoreCase))
            Refuse(Field.Currency, ImportFault.OtherCurrency, $"The amount is in {currency}, the site's currency is {options.Currency}.");
    }

    private (long Value, long Balance, ImportedMembers Told) ReadAmounts()
    {
        var errorsBefore = errors.Count;
        var value = ReadAmount(Field.Value);
        var balance = ReadAmount(Field.Balance);
        if (errors.Count > errorsBefore)
            return default;
        if ((value ?? balance) is not { } issued)
        {
            Refuse(columns[Field.Value] >= 0 ? Field.Value : Field.Balance, ImportFault.MissingValue, "The row has no amount.");
            return default;
        }
        var left = balance ?? issued;
        if (left > issued)
            Refuse(Field.Balance, ImportFault.BalanceOverValue, "The balance is more than the value.");
        var units = (long)minorPerUnit;
        var whole = (issued + units - 1) / units * units;
        if (whole / units > options.MaxUnits)
            Refuse(value is null ? Field.Balance : Field.Value, ImportFault.OutOfRange, "The amount is too large.");
        if (whole != issued && value is not null)
        {
            Warn(Field.Value, ImportWarning.RoundedValue, "A value is a whole number: it is rounded up, and the balance stays as it is.");
        }
        return (whole, left, (value is null ? 0 : ImportedMembers.Value) | (balance is null ? 0 : ImportedMembers.Balance));
    }

    private long? ReadAmount(Field field)
    {
        var kind = KindOf(field);
        var text = TextOf(field);
        if (text.IsWhiteSpace())
            return null;
        ReadOnlySpan<char> sign = default;
        if (RefuseError(field))
            return null;
        var isAmount = kind == CellKind.Number
            ? AmountText.TryReadStored(text, out var amount)
            : AmountText.TryRead(text, plan.Decimal, out amount, out sign);
        if (!isAmount)
        {
            var mark = plan.Decimal == DecimalMark.Point ? "point" : "comma";
            Refuse(field, ImportFault.NotAnAmount, $"{text} is not an amount with a decimal {mark}.");
            return null;
        }
        if (!sign.IsEmpty)
            CheckSign(field, sign);
        var minor = columns.ColumnOf(field).IsInMinorUnits ? amount : amount * minorPerUnit;
        if (minor < 0 || minor > long.MaxValue / 2)
            Refuse(field, ImportFault.OutOfRange, minor < 0 ? "The amount must not be negative." : "The amount is too large.");
        else if (minor != decimal.Truncate(minor))
            RefuseDigits(field, text);
        else
            return (long)minor;
        return null;
    }

    private void RefuseDigits(Field field, ReadOnlySpan<char> text)
    {
        var allowed = columns.ColumnOf(field).IsInMinorUnits ? "is not a whole number of the currency's minor unit"
            : $"has more decimals than the {options.CurrencyDigits} of {options.Currency}";
        Refuse(field, ImportFault.TooManyDigits, $"{text} {allowed}.");
    }

    /// <summary>Checks a currency sign. A currency code must be that of the site; a sign such as $ is shared by many currencies.</summary>
    private void CheckSign(Field field, ReadOnlySpan<char> sign)
    {
        if (sign.Equals(options.Currency, StringComparison.OrdinalIgnoreCase))
            return;
        if (sign.Length == 3 && !sign.ContainsAnyExceptInRange('A', 'Z'))
            Refuse(field, ImportFault.OtherCurrency, $"The amount is in {sign}, the site's currency is {options.Currency}.");
        else if (columns[Field.Currency] < 0)
            Warn(field, ImportWarning.CurrencySign, $"The amount has the sign {sign}. It is assumed to be {options.Currency}.");
    }

    private bool? ReadYesOrNo(Field field)
    {
        var text = TextOf(field);
        if (text.IsWhiteSpace() || RefuseError(field))
            return null;
        if (YesOrNo.TryRead(text, columns.ColumnOf(field), out var isYes))
            return isYes;
        Refuse(field, ImportFault.NotYesOrNo, $"{text} is neither yes nor no.");
        return null;
    }

    private DateTimeOffset? ReadInstant(Field field)
    {
        var text = TextOf(field);
        if (DateText.IsNothing(text) || RefuseError(field))
            return null;
        if (!DateCell.TryRead(KindOf(field), text, plan.Dates, out var date))
        {
            var order = plan.Dates switch
            {
                DateOrder.YearMonthDay => "year, month, day",
                DateOrder.DayMonthYear => "day, month, year",
                DateOrder.MonthDayYear => "month, day, year",
            };
            Refuse(field, ImportFault.NotADate, $"{text} is not a date in the order of {order}.");
            return null;
        }
        // Some programs write this year for never.
        if (date.Local.Year == DateTime.MaxValue.Year)
            return null;
        if (date.Offset is { } offset)
            return new DateTimeOffset(date.Local, offset).ToUniversalTime();
        var isDay = !date.HasTime || (date.IsMidnight && !columns.Format.MidnightIsAnInstant);
        var includesDay = isDay && field == Field.ExpiresAt && options.Expiry == ExpiryDay.Inclusive;
        return SiteTime.At(includesDay ? date.Local.Date.AddDays(1) : date.Local, options.TimeZone);
    }

    private string? ReadText(Field field) =>
        TextOf(field).Trim() is { IsEmpty: false } text && !RefuseError(field) ? text.ToString() : null;

    private string? ReadNames()
    {
        var names = new StringBuilder();
        foreach (var column in columns.People)
        {
            if (row.TextOf(column).Trim() is { IsEmpty: false } text)
                names.Append(names.Length > 0 ? "; " : "").Append(columns.Captions[column]).Append(": ").Append(text);
        }
        return names.Length > 0 ? names.ToString() : null;
    }

    /// <summary>
    /// Whether the row is the sum of a file that ends with one: a row without a code that has nothing but amounts, or little.
    /// </summary>
    private bool IsTotal()
    {
        if (!columns.Format.MayEndWithTotal || !(TextOf(Field.Code).IsWhiteSpace() || TotalWord.Is(TextOf(Field.Code))))
            return false;
        var (filled, others) = (0, 0);
        for (var column = 0; column < row.Count; column++)
        {
            if (row.TextOf(column).IsWhiteSpace())
                continue;
            filled++;
            others += column == columns[Field.Value] || column == columns[Field.Balance] || TotalWord.Is(row.TextOf(column)) ? 0 : 1;
        }
        return others == 0 || filled * 2 < columns.Captions.Count;
    }

    private bool RefuseError(Field field)
    {
        if (KindOf(field) != CellKind.Error)
            return false;
        Refuse(field, ImportFault.ErrorCell, $"A formula failed: the cell is {TextOf(field)}.");
        return true;
    }

    private CellKind KindOf(Field field) => columns[field] < 0 ? CellKind.Empty : row.KindOf(columns[field]);

    private ReadOnlySpan<char> TextOf(Field field) => columns[field] < 0 ? default : row.TextOf(columns[field]);

    private void Warn(Field field, string code, string detail) => warnings.Add(code, detail, row.Number, columns.CaptionOf(field));

    private void Refuse(Field field, string code, string detail) => errors.Add(new(row.Number, columns.CaptionOf(field), code, detail));
}
