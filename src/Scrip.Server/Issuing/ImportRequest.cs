using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Scrip.Files.Formats;
using Scrip.Files.Import;
using Scrip.Files.Tables;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Issuing;

/// <summary>The options of an import, from its query.</summary>
/// <param name="BatchName">The name of the batch; null for a batch that is named after its time.</param>
/// <param name="Call">The same for the same query, in any order.</param>
internal sealed record ImportRequest(
    ImportOptions Options, ExistingCodes Existing, bool LeavesOut, bool IsDryRun, string? BatchName, string Call)
{
    private const string Auto = "auto";

    private static readonly string[] Parameters =
    [
        "dry_run", "source", "map", "separator", "encoding", "decimal", "dates", "expiry", "currency", "existing", "faulty", "keep_names",
        BatchParameter.Name,
    ];

    private static readonly (string Name, CsvSeparator? Value)[] Separators =
        [(Auto, null), ("comma", CsvSeparator.Comma), ("semicolon", CsvSeparator.Semicolon), ("tab", CsvSeparator.Tab)];

    private static readonly (string Name, CsvEncoding? Value)[] Encodings =
    [
        (Auto, null), ("utf-8", CsvEncoding.Utf8), ("windows-1251", CsvEncoding.Windows1251), ("windows-1250", CsvEncoding.Windows1250),
    ];

    private static readonly (string Name, DecimalMark? Value)[] Decimals =
        [(Auto, null), ("point", DecimalMark.Point), ("comma", DecimalMark.Comma)];

    private static readonly (string Name, DateOrder? Value)[] Orders =
        [(Auto, null), ("ymd", DateOrder.YearMonthDay), ("dmy", DateOrder.DayMonthYear), ("mdy", DateOrder.MonthDayYear)];

    private static readonly (string Name, ExpiryDay Value)[] Expiries =
        [("inclusive", ExpiryDay.Inclusive), ("exclusive", ExpiryDay.Exclusive)];

    private static readonly (string Name, ExistingCodes Value)[] Existings =
        [("refuse", ExistingCodes.Refuse), ("skip", ExistingCodes.Skip)];

    private static readonly (string Name, bool Value)[] Faulties = [("refuse", false), ("leave_out", true)];

    private static readonly (string Name, string Value)[] Sources = [.. FileFormats.Sources.Select(source => (source, source))];

    public static ImportRequest Read(WriteRequest request, int maxRows, int maxBytes)
    {
        var query = request.ReadParameters(Parameters);
        var (site, errors) = (request.Site, request.Errors);
        if (query.Text("currency") is { } currency && currency != site.Currency.Code)
            errors.Add("?currency", ErrorCodes.UnknownValue, $"Known values: {site.Currency.Code}.");
        var charset = CharsetOf(request.Context.Request, errors);
        var options = new ImportOptions
        {
            Currency = site.Currency.Code,
            CurrencyDigits = site.Currency.Digits,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone),
            Source = Choose("source", Sources),
            Map = query.Text("map"),
            Separator = Choose("separator", Separators),
            Encoding = Choose("encoding", Encodings) ?? charset,
            Decimal = Choose("decimal", Decimals),
            Dates = Choose("dates", Orders),
            Expiry = Choose("expiry", Expiries),
            KeepNames = query.Boolean("keep_names") == true,
            FoldCode = FoldOf,
            CheckCode = ImportRules.FaultOfCode,
            CheckNote = ImportRules.FaultOfNote,
            MaxUnits = FaceValue.MaxUnits,
            Limits = new() { MaxRows = maxRows, MaxBytes = maxBytes },
        };
        var call = string.Join('&', Parameters.Select(name => $"{name}={query.Text(name)}").Append($"charset={charset}"));
        return new(
            options, Choose("existing", Existings), Choose("faulty", Faulties), query.Boolean("dry_run") == true,
            BatchParameter.Read(query, errors), $"import {call}");

        T Choose<T>(string name, (string Name, T Value)[] known)
        {
            if (query.Text(name) is not { } text)
                return known[0].Value;
            foreach (var (choice, value) in known)
            {
                if (choice == text)
                    return value;
            }
            errors.Add($"?{name}", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", known.Select(choice => choice.Name))}.");
            return known[0].Value;
        }
    }

    public static string? NameOf(DecimalMark? mark) => mark is null ? null : Decimals.First(known => known.Value == mark).Name;

    public static string? NameOf(DateOrder? order) => order is null ? null : Orders.First(known => known.Value == order).Name;

    /// <summary>The encoding that the media type names; null if it names none.</summary>
    private static CsvEncoding? CharsetOf(HttpRequest request, RequestErrors errors)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.Charset.Length == 0)
            return null;
        var name = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        foreach (var (known, encoding) in Encodings[1..])
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                return encoding;
        }
        var names = string.Join(", ", Encodings[1..].Select(known => known.Name));
        errors.Add("", ErrorCodes.UnknownValue, $"Known charsets are {names}. Or name none.");
        return null;
    }

    /// <summary>A code whose folded form is empty is similar only to itself.</summary>
    private static string FoldOf(string code) => CertificateCode.Fold(code) is { Length: > 0 } folded ? folded : code;
}
