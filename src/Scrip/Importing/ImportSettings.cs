using System.CommandLine;
using Scrip.Client;
using Scrip.Files.Formats;
using Scrip.Files.Import;
using Scrip.Files.Parts;
using Scrip.Files.Tables;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Remote;
using Scrip.Server.Hosting;
using Scrip.Server.Issuing;
using Command = System.CommandLine.Command;

namespace Scrip.Importing;

/// <summary>The options that say how a file is read. They have the names and values of the API's parameters.</summary>
internal sealed class ImportSettings
{
    private static readonly (string Name, CsvSeparator Value)[] Separators =
        [("comma", CsvSeparator.Comma), ("semicolon", CsvSeparator.Semicolon), ("tab", CsvSeparator.Tab)];

    private static readonly (string Name, CsvEncoding Value)[] Encodings =
    [
        ("utf-8", CsvEncoding.Utf8), ("windows-1251", CsvEncoding.Windows1251), ("windows-1250", CsvEncoding.Windows1250),
    ];

    private static readonly (string Name, DecimalMark Value)[] Decimals = [("point", DecimalMark.Point), ("comma", DecimalMark.Comma)];

    private static readonly (string Name, DateOrder Value)[] Orders =
        [("ymd", DateOrder.YearMonthDay), ("dmy", DateOrder.DayMonthYear), ("mdy", DateOrder.MonthDayYear)];

    private readonly Option<string?> source = Arguments.Choice(
        "--source", "The product that wrote the file. By default the columns tell.", [.. FileFormats.Sources]);

    private readonly Option<string?> map = Arguments.Text(
        "--map", "columns", "The columns of a generic file, such as 'code:Card number,value:Face,balance:Left'.");

    private readonly Option<string?> separator = Choice("--separator", "What separates the cells of a csv file.", Separators);
    private readonly Option<string?> encoding = Choice("--encoding", "The encoding of a csv file.", Encodings);
    private readonly Option<string?> mark = Choice("--decimal", "Whether amounts have a decimal point or comma.", Decimals);
    private readonly Option<string?> dates = Choice("--dates", "The order of year, month and day.", Orders);

    private readonly Option<string?> expiry = Arguments.Choice(
        "--expiry", "Whether certificates can be spent on their last day. By default they can.", "inclusive", "exclusive");

    private readonly Option<string?> currency = Arguments.Text("--currency", "code", "The currency, which must be the site's.");

    private readonly Option<string?> existing = Arguments.Choice(
        "--existing", "What happens to rows whose codes the site has. By default refuse.", "refuse", "skip", "update");

    private readonly Option<string?> faulty = Arguments.Choice(
        "--faulty", "What happens to rows with errors. By default refuse, which refuses the file.", "refuse", "leave_out");

    private readonly Option<bool> keepNames = Arguments.Flag("--keep-names", "Keep names, addresses and messages in the notes.");
    private readonly Option<string?> batch = Arguments.Text("--batch", "name", "The name of the batches, of which each part is one.");

    public void AddTo(Command command)
    {
        Option[] all = [source, map, separator, encoding, mark, dates, expiry, currency, existing, faulty, keepNames, batch];
        foreach (var option in all)
            command.Add(option);
    }

    public bool LeavesOut(ParseResult parsed) => parsed.GetValue(faulty) == "leave_out";

    /// <summary>How to read the whole file here, by the rules by which the server reads a part.</summary>
    public ImportOptions ToOptions(ParseResult parsed, WhoAmIResource site) => new()
    {
        Currency = site.Currency,
        CurrencyDigits = CurrencyOf(site).Digits,
        TimeZone = TimeZoneOf(site),
        Source = parsed.GetValue(source) ?? FileFormats.Auto,
        Map = parsed.GetValue(map),
        Separator = ValueOf(parsed.GetValue(separator), Separators),
        Encoding = ValueOf(parsed.GetValue(encoding), Encodings),
        Decimal = ValueOf(parsed.GetValue(mark), Decimals),
        Dates = ValueOf(parsed.GetValue(dates), Orders),
        Expiry = parsed.GetValue(expiry) == "exclusive" ? ExpiryDay.Exclusive : ExpiryDay.Inclusive,
        KeepNames = parsed.GetValue(keepNames),
        FoldCode = ImportRules.Fold,
        CheckCode = ImportRules.FaultOfCode,
        CheckNote = ImportRules.FaultOfNote,
        MaxUnits = FaceValue.MaxUnits,
        Limits = new()
        {
            MaxBytes = long.MaxValue,
            MaxUnpackedBytes = long.MaxValue,
            MaxRows = int.MaxValue,
            MaxSharedTexts = int.MaxValue,
            MaxSharedCharacters = 1_000_000_000,
        },
    };

    /// <summary>How the server reads each part: with everything that was decided for the whole file.</summary>
    public ImportCall ToCall(ParseResult parsed, ImportFile file, FileParts parts, WhoAmIResource site, bool isDryRun) => new()
    {
        IsDryRun = isDryRun,
        Source = file.Source,
        Map = parsed.GetValue(map),
        Separator = parts.Separator is { } used ? NameOf(used, Separators) : null,
        // UTF-16 is recognised by its mark, with which each part begins.
        Encoding = parts.Encoding is { } read and not CsvEncoding.Utf16 ? NameOf(read, Encodings) : null,
        Decimal = NameOf(file.Decimal, Decimals),
        Dates = NameOf(file.Dates, Orders),
        Expiry = parsed.GetValue(expiry),
        Currency = parsed.GetValue(currency) ?? site.Currency,
        Existing = parsed.GetValue(existing),
        Faulty = parsed.GetValue(faulty),
        KeepsNames = parsed.GetValue(keepNames),
        Batch = parsed.GetValue(batch),
    };

    /// <exception cref="SettingsException">The server is newer and has currencies that this version does not know.</exception>
    public static Currency CurrencyOf(WhoAmIResource site) => Currency.TryCreate(site.Currency, out var currency)
        ? currency
        : throw new SettingsException($"This version of scrip does not know the site's currency {site.Currency}.");

    private static TimeZoneInfo TimeZoneOf(WhoAmIResource site) => TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out var zone)
        ? zone
        : throw new SettingsException($"This machine does not know the site's time zone {site.TimeZone}. Install tzdata.");

    private static Option<string?> Choice<T>(string name, string description, (string Name, T Value)[] known) =>
        Arguments.Choice(name, $"{description} By default it is detected.", ["auto", .. known.Select(choice => choice.Name)]);

    private static T? ValueOf<T>(string? name, (string Name, T Value)[] known)
        where T : struct
    {
        foreach (var (knownName, value) in known)
        {
            if (knownName == name)
                return value;
        }
        return null;
    }

    private static string NameOf<T>(T value, (string Name, T Value)[] known)
        where T : struct, Enum =>
        known.First(choice => choice.Value.Equals(value)).Name;
}
