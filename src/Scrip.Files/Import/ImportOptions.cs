using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>What separates the whole part of an amount from its fraction.</summary>
public enum DecimalMark
{
    Point,
    Comma,
}

/// <summary>The order of the parts of a date.</summary>
public enum DateOrder
{
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

/// <summary>What a day means as the end of a certificate.</summary>
public enum ExpiryDay
{
    /// <summary>The certificate can still be spent on that day.</summary>
    Inclusive,

    /// <summary>The certificate can no longer be spent on that day.</summary>
    Exclusive,
}

/// <summary>How to read a file of certificates.</summary>
public sealed record ImportOptions
{
    /// <summary>The ISO 4217 currency of the site. A file in another currency is refused.</summary>
    public required string Currency { get; init; }

    /// <summary>The number of digits of the currency's minor unit.</summary>
    public required int CurrencyDigits { get; init; }

    /// <summary>The site's time zone, for days and for times without a zone.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>One of <see cref="FileFormats.Sources"/>.</summary>
    public string Source { get; init; } = FileFormats.Auto;

    /// <summary>The columns of a generic file, such as <c>code:Card number,value:Face</c>.</summary>
    public string? Map { get; init; }

    /// <summary>The separator; null to detect it. The options below are detected in the same way.</summary>
    public CsvSeparator? Separator { get; init; }

    public CsvEncoding? Encoding { get; init; }

    public DecimalMark? Decimal { get; init; }

    public DateOrder? Dates { get; init; }

    public ExpiryDay Expiry { get; init; } = ExpiryDay.Inclusive;

    /// <summary>Whether to keep names, addresses and messages with the certificates.</summary>
    public bool KeepNames { get; init; }

    /// <summary>Returns a form that is equal for codes that a customer could confuse. By default only equal codes are found.</summary>
    public Func<string, string> FoldCode { get; init; } = code => code;

    /// <summary>What is wrong with a code, as a rule and a sentence; null where nothing is.</summary>
    public Func<string, (string Rule, string Detail)?> CheckCode { get; init; } = _ => null;

    /// <summary>The same of a note, which has the names of persons in it where they are kept.</summary>
    public Func<string, (string Rule, string Detail)?> CheckNote { get; init; } = _ => null;

    /// <summary>The most that a certificate may be issued for, in whole units.</summary>
    public long MaxUnits { get; init; } = long.MaxValue;

    public TableLimits Limits { get; init; } = new();
}
