using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>What separates the whole part of an amount from the rest.</summary>
public enum DecimalMark
{
    Point,
    Comma,
}

/// <summary>In which order a date has its parts.</summary>
public enum DateOrder
{
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

/// <summary>What a day means as the end of a certificate.</summary>
public enum ExpiryDay
{
    /// <summary>It can still be spent on that day.</summary>
    Inclusive,

    /// <summary>It cannot be spent on that day any more.</summary>
    Exclusive,
}

/// <summary>How a file of certificates is to be read.</summary>
public sealed record ImportOptions
{
    /// <summary>The site's currency, as ISO 4217 has it. A file in another one is refused.</summary>
    public required string Currency { get; init; }

    /// <summary>Digits of the currency's minor unit.</summary>
    public required int CurrencyDigits { get; init; }

    /// <summary>The site's: days and times without a zone are meant there.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>One of <see cref="FileFormats.Sources"/>.</summary>
    public string Source { get; init; } = FileFormats.Auto;

    /// <summary>The columns of a generic file, such as <c>code:Card number,value:Face</c>.</summary>
    public string? Map { get; init; }

    /// <summary>Null to find it out, as the following.</summary>
    public CsvSeparator? Separator { get; init; }

    public CsvEncoding? Encoding { get; init; }

    public DecimalMark? Decimal { get; init; }

    public DateOrder? Dates { get; init; }

    public ExpiryDay Expiry { get; init; } = ExpiryDay.Inclusive;

    /// <summary>Whether names, addresses and messages come with the certificates.</summary>
    public bool KeepNames { get; init; }

    /// <summary>
    /// What two codes have in common that a customer could mistake for each other. By default only equal codes are found.
    /// </summary>
    public Func<string, string> FoldCode { get; init; } = code => code;

    /// <summary>What is wrong with a code, as a rule and a sentence; null where nothing is.</summary>
    public Func<string, (string Rule, string Detail)?> CheckCode { get; init; } = _ => null;

    /// <summary>The same of a note, which has the names of persons in it where they are kept.</summary>
    public Func<string, (string Rule, string Detail)?> CheckNote { get; init; } = _ => null;

    /// <summary>The most that a certificate may be issued for, in whole units.</summary>
    public long MaxUnits { get; init; } = long.MaxValue;

    public TableLimits Limits { get; init; } = new();
}
