using System.Globalization;
using System.Text;
using Scrip.Files.Import;
using Scrip.Tests.Support;

namespace Scrip.Tests.Files;

/// <summary>
/// Files as each product writes them, as it writes them in another language and as a spreadsheet saves them, and broken ones, each with the
/// result of reading it. After a change, set <c>SCRIP_TEST_WRITE_SAMPLES=1</c> to write the current results, and look at the difference.
/// </summary>
public sealed class SampleTests
{
    private const string Folder = "tests/Scrip.Tests/Files/Samples";

    private static readonly string[] Paths =
        [.. Directory.GetFiles(SourceTree.PathOf(Folder), "*.csv", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SourceTree.PathOf(Folder), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Samples => [.. Paths];

    public static TheoryData<string> Products => [.. Scrip.Files.Formats.FileFormats.Sources.Except(["auto"])];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_is_read_as_it_is_written_down_beside_it(string sample)
    {
        var path = SourceTree.PathOf($"{Folder}/{sample}");
        var options = OptionsOf(Path.ChangeExtension(path, ".options"));
        using var file = File.OpenRead(path);

        var read = Describe(ImportFile.Read(file, options));

        var expected = Path.ChangeExtension(path, ".expected");
        if (Environment.GetEnvironmentVariable("SCRIP_TEST_WRITE_SAMPLES") == "1")
            File.WriteAllText(expected, read);
        Assert.Equal(File.ReadAllText(expected), read);
    }

    /// <summary>The products that translate their captions.</summary>
    [Theory]
    [InlineData("scrip", "romanian", "russian", "ukrainian")]
    [InlineData("woocommerce", "german")]
    [InlineData("yith", "italian")]
    [InlineData("adobe", "russian")]
    [InlineData("pretix", "german")]
    [InlineData("odoo", "russian", "ukrainian")]
    public void Translated_captions_have_a_file(string product, params string[] languages) =>
        Assert.All(languages, language => Assert.Contains($"{product}/{language}.csv", Paths));

    [Theory]
    [MemberData(nameof(Products))]
    public void Every_product_has_a_good_a_saved_and_a_broken_file(string product)
    {
        Assert.Contains($"{product}/good.csv", Paths);
        Assert.Contains($"{product}/excel.csv", Paths);
        Assert.Contains($"{product}/broken.csv", Paths);
    }

    /// <summary>Words separated by spaces; an underscore is a space in a caption.</summary>
    private static ImportOptions OptionsOf(string path)
    {
        var options = ImportSettings.Default;
        foreach (var word in File.Exists(path) ? File.ReadAllText(path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [])
        {
            var (name, value) = (word.Split('=')[0], word.Split('=')[1]);
            options = name switch
            {
                "source" => options with { Source = value },
                "dates" => options with { Dates = Enum.Parse<DateOrder>(value) },
                "map" => options with { Map = value.Replace('_', ' ').Replace("expires at", "expires_at", StringComparison.Ordinal) },
                _ => throw new FormatException(word),
            };
        }
        return options;
    }

    private static string Describe(ImportResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"source {result.Source ?? "none"}, decimal {result.Decimal}, dates {result.Dates}, ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Rows} rows, value {result.Value / 100}, balance {result.Balance / 100}");
        foreach (var certificate in result.Certificates)
            text.AppendLine(Describe(certificate));
        foreach (var error in result.Errors)
            text.AppendLine(CultureInfo.InvariantCulture, $"error {Place(error)}: {error.Code}: {error.Detail}");
        foreach (var warning in result.Warnings)
            text.AppendLine(CultureInfo.InvariantCulture, $"warning {Place(warning)}: {warning.Code}: {warning.Detail}");
        return text.ToString();

        static string Place(ImportFinding finding) =>
            $"in {(finding.Row is { } row ? $"row {row}" : "the file")}{(finding.Column is { } column ? $", {column}" : "")}";
    }

    private static string Describe(ImportedCertificate certificate)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"row {certificate.Row}: {certificate.Code} ");
        text.Append(CultureInfo.InvariantCulture, $"{certificate.Balance / 100m:0.00} of {certificate.Value / 100m:0.00}");
        Append("active", certificate.IsActive);
        Append("from", Local(certificate.StartsAt));
        Append("until", Local(certificate.ExpiresAt));
        Append("single use", certificate.SingleUse);
        Append("note", certificate.Note);
        Append("names", certificate.Names?.ReplaceLineEndings("|"));
        return text.ToString();

        void Append(string name, object? value)
        {
            if (value is not null)
                text.Append(CultureInfo.InvariantCulture, $", {name} {value}");
        }

        static string? Local(DateTimeOffset? instant) => instant is { } known
            ? TimeZoneInfo.ConvertTime(known, WrittenTable.Chisinau).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
            : null;
    }
}
