using System.Globalization;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Print;

/// <summary>Amounts and times as a language writes them, in the currency and the time zone of a site.</summary>
internal sealed class PrintedForms(PrintLanguage language, Site site, DateTimeOffset now)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);

    public string Currency => site.Currency.Code;

    /// <summary>Writes an amount without its currency. A whole amount has no digits after the decimal mark.</summary>
    public string Amount(long minor)
    {
        var (units, rest) = Math.DivRem(minor, site.Currency.MinorUnitsPerUnit);
        var whole = units.ToString("N0", language.Numbers);
        return rest == 0
            ? whole
            : whole + language.Numbers.NumberDecimalSeparator
                + rest.ToString(CultureInfo.InvariantCulture).PadLeft(site.Currency.Digits, '0');
    }

    public string BalanceOf(in CertificateRow row) =>
        language.Balance(Day(LocalTime(now)), $"{Amount(row.Balance)}\u00A0{Currency}");

    /// <summary>Returns when the certificate can be spent; null if it always can.</summary>
    public string? Validity(DateTimeOffset? startsAt, DateTimeOffset? expiresAt)
    {
        if (expiresAt is not { } end)
            return startsAt is { } only ? language.From(Start(only)) : null;
        var last = DateOnly.FromDateTime(LocalTime(end.AddTicks(-1)));
        var isWholeDay = TimeZones.EndOf(last, site.TimeZone) == end;
        var until = isWholeDay ? Day(last.ToDateTime(TimeOnly.MinValue)) : Minute(LocalTime(end));
        return language.Until(startsAt is { } start ? Start(start) : null, until, isWholeDay);
    }

    public Usability UsabilityOf(in CertificateRow row) =>
        CertificateUsability.Of(row.IsActive, row.StartsAt, row.ExpiresAt, row.Balance, amount: null, now);

    private string Start(DateTimeOffset start)
    {
        var local = LocalTime(start);
        return TimeZones.StartOf(DateOnly.FromDateTime(local), site.TimeZone) == start ? Day(local) : Minute(local);
    }

    private DateTime LocalTime(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private string Day(DateTime local) => local.ToString(language.DayFormat, CultureInfo.InvariantCulture);

    private string Minute(DateTime local) => Day(local) + local.ToString(", HH:mm", CultureInfo.InvariantCulture);
}
