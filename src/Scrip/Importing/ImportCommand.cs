using System.CommandLine;
using Scrip.Client;
using Scrip.Files.Import;
using Scrip.Files.Parts;
using Scrip.Printing;
using Scrip.Remote;
using Scrip.Server.Hosting;

namespace Scrip.Importing;

/// <summary><c>scrip import</c>: a file of any length, in parts, each of which is imported once however often the command is run.</summary>
internal static class ImportCommand
{
    private const int Refused = 1;
    private const long MostPartRows = 100_000;
    private const long DefaultPartRows = 50_000;
    private const long DefaultWaitSeconds = 300;

    /// <summary>Leaves a row of any length room below the 32 MiB that a call may have.</summary>
    private const int FullPartBytes = 24 * 1024 * 1024;

    private static readonly Argument<string> File = new("file") { Description = "A csv or xlsx file of Scrip or of another product." };
    private static readonly Option<bool> DryRun = Arguments.Flag("--dry-run", "Check everything, here and on the server. Store nothing.");

    private static readonly Option<string?> Key = KeyOption.Create(
        "The beginning of the keys of the parts. By default they are made of the file's contents and of the options.");

    private static readonly Option<long?> PartRows = Arguments.Number(
        "--part-rows", "rows", $"How many rows a call has, where the server allows fewer. By default {DefaultPartRows}.");

    private static readonly Option<long?> Wait = Arguments.Number(
        "--wait", "seconds", $"How long to try again while the server does not respond. By default {DefaultWaitSeconds}.");

    public static Command Create()
    {
        var settings = new ImportSettings();
        var import = new Command(
            "import", "Import certificates from a file of any length. Broken off, the same command goes on where it stopped.")
        {
            File, DryRun,
        };
        settings.AddTo(import);
        import.Add(PartRows);
        import.Add(Wait);
        import.Add(Key);
        import.Validators.Add(parsed =>
        {
            if (parsed.GetValue(PartRows) is < 1 or > MostPartRows)
                parsed.AddError($"--part-rows must be between 1 and {MostPartRows}.");
        });
        return import
            .CallsServer((parsed, client, form, cancellation) => RunAsync(parsed, client, form, settings, cancellation))
            .WithExamples(
                "scrip import gift-cards.csv --dry-run",
                "scrip import gift-cards.csv --batch 'From WooCommerce'",
                "scrip import cards.xlsx --source generic --map 'code:Card number,value:Face,balance:Left' --faulty leave_out");
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ScripClient client, OutputForm form, ImportSettings settings, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(File);
        if (Directory.Exists(path))
            throw new SettingsException($"{path} is a folder, not a file.");
        await using var stream = System.IO.File.OpenRead(path);
        ImportProgress? shown = null;
        var patience = TimeSpan.FromSeconds(parsed.GetValue(Wait) ?? DefaultWaitSeconds);
        var calls = new PatientCalls(patience, TimeProvider.System, () => shown?.Hide());
        var site = await calls.CallAsync(client.WhoAmIAsync, cancellationToken);

        using var file = ImportFile.Open(stream, settings.ToOptions(parsed, site));
        if (file.Refusal is { } refusal)
        {
            ImportFindings.PrintRefusal(path, refusal);
            return Refused;
        }
        var check = FileCheck.Of(file, new ImportProgress("checked", file.Rows, hasLines: false, TimeProvider.System));
        ImportFindings.PrintWarnings(file.Warnings);
        ImportFindings.PrintErrors(check.Errors, check.Refused);
        if (check.Refused > 0 && !settings.LeavesOut(parsed))
        {
            ErrorLine.Write($"{Cells.Grouped(check.Refused)} of {Cells.Grouped(file.Rows)} rows have errors; nothing was sent.");
            return Refused;
        }

        var isDryRun = parsed.GetValue(DryRun);
        var partRows = (int)(parsed.GetValue(PartRows) ?? DefaultPartRows);
        var parts = new FileParts(file, stream, new PartLimits(partRows, FullPartBytes));
        var call = settings.ToCall(parsed, file, parts, site, isDryRun);
        var keys = isDryRun ? null : ImportKeys.Of(parsed.GetValue(Key), stream, call, partRows);
        var run = new ImportRun(client, calls, call, keys, parts.IsXlsx);
        shown = new ImportProgress(isDryRun ? "checked by the server" : "sent", check.Rows.Count, hasLines: true, TimeProvider.System);
        var isAccepted = await run.SendAsync(parts.Divide(check.Rows), shown, cancellationToken);
        shown.Complete();
        ImportFindings.PrintErrors(run.Errors, run.Totals.Refused);

        var summary = run.Totals.ToSummary(check, file.Rows, ImportSettings.CurrencyOf(site).Digits, isDryRun);
        summary.Print(form);
        ImportFindings.PrintEnd(summary, isAccepted);
        return isAccepted && summary.Agrees() ? 0 : Refused;
    }
}
