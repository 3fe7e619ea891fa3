using Scrip.Files.Formats;
using Scrip.Files.Import;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

/// <summary>Scrip reads what it writes, with captions in every language and in both formats.</summary>
public sealed class OwnFileTests
{
    private static readonly string[] Attributes =
    [
        "id", "code", "is_active", "value", "balance", "spent", "held", "currency", "starts_at", "expires_at", "single_use", "note",
        "created_at", "version",
    ];

    /// <summary>A midnight, which would mean a day in another product's file.</summary>
    private static readonly DateTimeOffset NewYear = new(2028, 1, 1, 0, 0, 0, TimeSpan.FromHours(2));

    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 15, 30, TimeSpan.Zero);

    public static TheoryData<string, string, int> Files
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var language in ScripCaptions.Languages.Prepend("attributes"))
            {
                foreach (var kind in new[] { "Comma", "Semicolon", "Tab", "xlsx" })
                    data.Add(kind, language, language == "en" ? 3 : 2);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Certificates_are_the_same_after_a_round_trip(string kind, string language, int digits)
    {
        var certificates = Certificates(digits);
        using var file = kind == "xlsx" ? WrittenTable.Xlsx(Write) : WrittenTable.Csv(Write, Enum.Parse<CsvSeparator>(kind));

        var read = ImportFile.Read(file, ImportSettings.Default with { CurrencyDigits = digits, FoldCode = code => code });

        Assert.Empty(read.Errors);
        Assert.Empty(read.Warnings);
        Assert.Equal("scrip", read.Source);
        Assert.Equal(certificates, read.Certificates);

        void Write(ITableWriter writer, Action send)
        {
            writer.WriteCaptions(Attributes.Select(attribute => ScripCaptions.Of(attribute, language)).ToArray());
            foreach (var certificate in certificates)
            {
                WriteRow(writer, certificate, digits);
                send();
            }
        }
    }

    /// <summary>Codes that a spreadsheet could change, and terms of every kind. No code is white space.</summary>
    private static ImportedCertificate[] Certificates(int digits)
    {
        var unit = (long)Math.Pow(10, digits);
        return
        [
            .. HostileTexts.All.Where(text => !string.IsNullOrWhiteSpace(text) && !text.Contains('\uFFFD'))
                .Select((text, place) => new ImportedCertificate
                {
                    Row = place + 2,
                    Code = text,
                    Value = place * unit,
                    Balance = place == 0 ? 0 : (place * unit) - place,
                    IsActive = place % 2 == 0,
                    StartsAt = place % 3 == 0 ? Start.AddHours(place) : null,
                    ExpiresAt = place % 4 == 0 ? Start.AddDays(place + 9) : place % 4 == 1 ? NewYear : null,
                    SingleUse = place % 5 == 0,
                    Note = place % 2 == 0 ? null : text.Trim(),
                    Told = ImportedMembers.Value | ImportedMembers.Balance | ImportedMembers.StartsAt | ImportedMembers.ExpiresAt
                        | ImportedMembers.Note,
                }),
        ];
    }

    private static void WriteRow(ITableWriter writer, ImportedCertificate certificate, int digits)
    {
        writer.Write((long)certificate.Row);
        writer.Write(certificate.Code);
        writer.Write(certificate.IsActive!.Value);
        writer.Write(certificate.Value / (long)Math.Pow(10, digits));
        writer.WriteAmount(certificate.Balance, digits);
        writer.WriteAmount(certificate.Value - certificate.Balance, digits);
        writer.WriteAmount(0, digits);
        writer.Write("MDL");
        WriteInstant(certificate.StartsAt);
        WriteInstant(certificate.ExpiresAt);
        writer.Write(certificate.SingleUse!.Value);
        writer.Write(certificate.Note);
        writer.Write(Start);
        writer.Write(1L);
        writer.EndRow();

        void WriteInstant(DateTimeOffset? instant)
        {
            if (instant is { } known)
                writer.Write(known);
            else
                writer.WriteEmpty();
        }
    }
}
