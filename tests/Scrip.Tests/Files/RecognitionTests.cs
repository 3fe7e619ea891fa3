using Scrip.Files.Formats;
using Scrip.Files.Import;

namespace Scrip.Tests.Files;

public sealed class RecognitionTests
{
    public static TheoryData<string> Products => [.. FileFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Products))]
    public void A_product_is_recognised_by_its_columns_in_any_case_and_order(string product)
    {
        var captions = FormatOf(product).Columns.Where(column => column.Field != Field.LastCharacters)
            .Select(column => column.Captions[0])
            .ToArray();

        Assert.Equal(product, SourceOf(captions));
        Assert.Equal(product, SourceOf([.. captions.Select(caption => caption.ToUpperInvariant())]));
        Assert.Equal(product, SourceOf([.. captions.Reverse().Select(caption => $" {caption.ToLowerInvariant()} ")]));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void The_columns_that_a_product_needs_are_enough(string product)
    {
        var captions = FormatOf(product).Columns.Where(column => column.IsRequired).Select(column => column.Captions[0]).ToList();
        if (!captions.Any(caption => FormatOf(product).Columns.Single(column => column.IsCalled(caption)).Field == Field.Code))
            captions.Add("code");
        if (!FormatOf(product).Columns.Any(column => column.IsRequired && column.Field is Field.Value or Field.Balance))
            captions.Add("value");

        Assert.Equal(product, SourceOf([.. captions]));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void No_caption_of_a_product_means_two_things(string product)
    {
        var captions = FormatOf(product).Columns.SelectMany(column => column.Captions.Distinct(StringComparer.OrdinalIgnoreCase)).ToArray();

        Assert.Equal(captions, captions.Distinct(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ro")]
    [InlineData("ru")]
    [InlineData("uk")]
    public void Scrip_reads_its_captions_in_every_language(string language)
    {
        var captions = ScripFormat.Format.Columns.Select(column => ScripCaptions.Of(column.Captions[0], language)).ToArray();

        Assert.Equal(captions.Length, captions.Distinct().Count());
        Assert.Equal("scrip", SourceOf(captions));
    }

    [Fact]
    public void An_attribute_without_a_caption_is_called_by_its_name()
    {
        Assert.Equal("Sold", ScripCaptions.Of("balance", "ro"));
        Assert.Equal("balance", ScripCaptions.Of("balance", "xx"));
        Assert.Equal("new_attribute", ScripCaptions.Of("new_attribute", "ro"));
    }

    [Theory]
    [InlineData("scrip", "code,value,expires")]
    [InlineData("scrip", "code,balance,outlet,original,expiry")]
    public void A_file_with_other_columns_is_not_taken_for_Scrips_own(string source, string captions)
    {
        Assert.Null(SourceOf(captions.Split(',')));
        Assert.Equal(source, SourceOf(captions.Split(','), source));
    }

    private static FileFormat FormatOf(string product) => FileFormats.All.Single(format => format.Name == product);

    private static string? SourceOf(string[] captions, string source = FileFormats.Auto)
    {
        var row = string.Join('\t', captions.Select(_ => "1"));
        using var file = ReadTable.Utf8($"{string.Join('\t', captions)}\n{row}\n");
        return ImportFile.Read(file, ImportSettings.Default with { Source = source }).Source;
    }
}
