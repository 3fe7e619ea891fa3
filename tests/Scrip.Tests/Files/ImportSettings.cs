using Scrip.Files.Import;

namespace Scrip.Tests.Files;

internal static class ImportSettings
{
    /// <summary>A site in Moldova; two codes that differ in their case only are the same to its customers.</summary>
    public static readonly ImportOptions Default = new()
    {
        Currency = "MDL",
        CurrencyDigits = 2,
        TimeZone = WrittenTable.Chisinau,
        FoldCode = code => code.ToUpperInvariant(),
        KeepNames = true,
    };
}
