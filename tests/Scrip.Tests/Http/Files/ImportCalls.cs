using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>Imports of files, each with a key of its own unless a test names one.</summary>
internal static class ImportCalls
{
    public const string Import = Certificates + "import/";
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static int made;

    public static Task<Answer> ImportAsync(this HttpClient shop, string query, string file, string? key = null) =>
        shop.ImportAsync(query, Encoding.UTF8.GetBytes(file), Csv, key);

    public static Task<Answer> ImportAsync(this HttpClient shop, string query, byte[] file, string mediaType, string? key = null)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return shop.SendAsync(
            "POST", Import + query, content, Key(key ?? string.Create(CultureInfo.InvariantCulture, $"calls {Interlocked.Increment(ref made)}")));
    }

    /// <summary>The counts of a report, and its errors as <c>row column code</c>.</summary>
    public static string Report(this Answer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        var root = json.RootElement;
        var counts = new[] { "created", "updated", "skipped", "refused", "adjusted" }.Select(name => $"{name} {root.GetProperty(name)}");
        var errors = root.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("row")} {error.GetProperty("column")} {error.GetProperty("code")}");
        return $"{answer.Status}: {string.Join(' ', counts.Concat(errors))}";
    }
}
