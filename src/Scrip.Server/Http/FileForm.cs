using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Scrip.Files.Tables;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>The kind of file as which a list is returned.</summary>
/// <param name="Separator">The separator of csv; null for xlsx.</param>
internal sealed record FileForm(CsvSeparator? Separator)
{
    public const string CsvType = "text/csv";
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static readonly string[] Parameters = ["format", "separator"];

    private static readonly (string Name, string MediaType)[] Forms =
        [("json", "application/json"), ("csv", CsvType), ("xlsx", XlsxType)];

    private static readonly (string Name, CsvSeparator Separator)[] Separators =
    [
        ("comma", CsvSeparator.Comma),
        ("semicolon", CsvSeparator.Semicolon),
        ("tab", CsvSeparator.Tab),
    ];

    public string ContentType => Separator is null ? XlsxType : $"{CsvType}; charset=utf-8";

    /// <summary>The extension of the file name.</summary>
    public string Extension => Separator is null ? "xlsx" : "csv";

    /// <summary>The most rows that fit below the captions; null if there is no limit.</summary>
    public long? MaxRows => Separator is null ? XlsxWriter.MaxRows : null;

    /// <summary>Returns the form that a list call requests; null for JSON.</summary>
    public static FileForm? Read(QueryParameters query, RequestErrors errors)
    {
        var mediaType = query.Text("format") is { } name ? MediaTypeNamed(name, errors) : MediaTypeAccepted(query.Request);
        var separator = SeparatorNamed(query.Text("separator"), isCsv: mediaType == CsvType, errors);
        return mediaType switch
        {
            CsvType => new(separator),
            XlsxType => new(Separator: null),
            _ => null,
        };
    }

    public ITableWriter WriterTo(IBufferWriter<byte> output, string name, TimeZoneInfo timeZone) => Separator is { } separator
        ? new CsvWriter(output, separator, timeZone)
        : new XlsxWriter(output, name, timeZone);

    /// <summary>
    /// Adds the headers of the file, whose name is like <c>certificates-default-2026-11-30.csv</c>, with the day at the site.
    /// </summary>
    public void AddHeaders(HttpContext context, string name, string siteName, TimeZoneInfo timeZone)
    {
        var now = TimeZoneInfo.ConvertTime(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), timeZone);
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"{name}-{siteName}-{now:yyyy-MM-dd}.{Extension}\"");
    }

    /// <summary>Refuses a list that has more rows than <see cref="MaxRows"/>.</summary>
    public static ProblemResult TooMany(long rows)
    {
        var errors = new RequestErrors();
        errors.Add(
            "?format",
            ErrorCodes.OutOfRange,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A spreadsheet has room for {XlsxWriter.MaxRows} rows, and the list has {rows}. Take csv, or filters."));
        return errors.ToQueryProblem();
    }

    private static string? MediaTypeNamed(string name, RequestErrors errors)
    {
        foreach (var form in Forms)
        {
            if (form.Name == name)
                return form.MediaType;
        }
        errors.Add("?format", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", Forms.Select(known => known.Name))}.");
        return null;
    }

    /// <summary>
    /// Returns the form that the caller prefers. A caller that accepts everything, or nothing that is offered, gets JSON.
    /// </summary>
    private static string? MediaTypeAccepted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            ? accepted.Where(type => type.Quality != 0)
                .OrderByDescending(type => type.Quality ?? 1)
                .Select(KnownMediaType)
                .FirstOrDefault(type => type is not null)
            : null;

    private static string? KnownMediaType(MediaTypeHeaderValue accepted) => accepted.MatchesAllTypes
        ? Forms[0].MediaType
        : Forms.Select(form => form.MediaType)
            .FirstOrDefault(known => accepted.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase));

    private static CsvSeparator SeparatorNamed(string? name, bool isCsv, RequestErrors errors)
    {
        if (name is null)
            return CsvSeparator.Comma;
        foreach (var (known, separator) in Separators)
        {
            if (known != name)
                continue;
            if (!isCsv)
                errors.Add("?separator", ErrorCodes.NotAllowed, "Only csv has a separator.");
            return separator;
        }
        errors.Add("?separator", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", Separators.Select(known => known.Name))}.");
        return CsvSeparator.Comma;
    }
}
