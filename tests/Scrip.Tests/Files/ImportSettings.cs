using Scrip.Files.Import;

namespace Scrip.Tests.Files;

internal static class ImportSettings
{
    /// <summary>A site in Moldova whose customers do not distinguish codes by case.</summary>
    public static readonly ImportOptions Default = new()
    {
        Currency = "MDL",
        CurrencyDigits = 2,
        TimeZone = WrittenTable.Chisinau,
        FoldCode = code => code.ToUpperInvariant(),
        KeepNames = true,
    };
}
