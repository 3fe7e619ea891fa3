using System.Buffers;
using Scrip.Files.Tables;

namespace Scrip.Bench.Certificates;

/// <summary>Files of certificates as the product itself writes them; of every third one a part was spent before.</summary>
internal static class ImportFiles
{
    private const int DigitsOfCurrency = 2;
    private const int MinorPerUnit = 100;

    private static readonly string[] Captions =
        ["code", "is_active", "value", "balance", "currency", "starts_at", "expires_at", "single_use", "note"];

    private static readonly DateTimeOffset Expiry = new(2099, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static ReadOnlySpan<byte> Csv(int first, int count) =>
        Write(first, count, output => new CsvWriter(output, CsvSeparator.Comma, TimeZoneInfo.Utc));

    public static ReadOnlySpan<byte> Xlsx(int first, int count) =>
        Write(first, count, output => new XlsxWriter(output, "certificates", TimeZoneInfo.Utc));

    private static ReadOnlySpan<byte> Write(int first, int count, Func<IBufferWriter<byte>, ITableWriter> open)
    {
        var file = new ArrayBufferWriter<byte>();
        using var table = open(file);
        table.WriteCaptions(Captions);
        Span<byte> code = stackalloc byte[CertificateCodes.Length];
        for (var id = first; id < first + count; id++)
        {
            var value = FaceValues.Of(id);
            CertificateCodes.Write(id, code);
            table.Write(code);
            table.Write(true);
            table.Write((long)value);
            table.WriteAmount((long)value * MinorPerUnit / (id % 3 == 0 ? 2 : 1), DigitsOfCurrency);
            table.Write("USD");
            table.WriteEmpty();
            table.Write(Expiry);
            table.Write(false);
            table.WriteEmpty();
            table.EndRow();
        }
        table.Complete();
        return file.WrittenSpan;
    }
}
