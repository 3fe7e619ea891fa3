using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;

namespace Scrip.Reporting;

/// <summary><c>scrip liability</c>: what the shop owes.</summary>
internal static class LiabilityCommand
{
    private static readonly Column<LiabilityMonthResource>[] Columns =
    [
        new("month", month => month.Month),
        new("certificates", month => Cells.Number(month.Certificates), IsNumber: true),
        new("issued", month => month.Issued, IsNumber: true),
        new("captured", month => month.Captured, IsNumber: true),
        new("refunded", month => month.Refunded, IsNumber: true),
        new("outstanding", month => month.Outstanding, IsNumber: true),
    ];

    public static Command Create()
    {
        var from = Arguments.Text("--from", "time", "The beginning of a period: a date or a time.");
        var asOf = Arguments.Text("--as-of", "time", "When: a date or a time. By default now; with --from, the end of the period.");
        return new Command("liability", "Report what the shop owes for its certificates. --csv has the months of issue.") { from, asOf }
            .CallsServer(async (parsed, client, form, cancellation) =>
            {
                var report = await client.Reports.GetLiabilityAsync(parsed.GetValue(from), parsed.GetValue(asOf), cancellation);
                if (form == OutputForm.Json)
                    Printer.PrintOne(form, report, PrintedJson.WithoutNulls.LiabilityResource);
                else if (form == OutputForm.Csv)
                    await PrintMonthsAsync(form, report, cancellation);
                else
                    await PrintAsync(report, cancellation);
            })
            .WithExamples("scrip liability", "scrip liability --from 2026-10-01 --as-of 2026-11-01 --json");
    }

    private static async Task PrintAsync(LiabilityResource report, CancellationToken cancellationToken)
    {
        using (var output = StandardOutput.OpenWriter())
            Printer.PrintPairs(Totals(report).Where(total => total.Value is not null), output);
        if (report.Months.Count == 0)
            return;
        Console.WriteLine();
        await PrintMonthsAsync(OutputForm.Table, report, cancellationToken);
    }

    private static Task PrintMonthsAsync(OutputForm form, LiabilityResource report, CancellationToken cancellationToken) =>
        Printer.PrintListAsync(
            form, report.Months.ToAsyncEnumerable(), PrintedJson.Whole.LiabilityMonthResource, Columns, limit: null, cancellationToken);

    private static (string Name, string? Value)[] Totals(LiabilityResource report)
    {
        (string Name, string? Amount)[] amounts =
        [
            ("opening balance", report.OpeningBalance),
            ("issued", report.Issued),
            ("adjusted", report.Adjusted),
            ("spent elsewhere", report.Opening),
            ("captured", report.Captured),
            ("refunded", report.Refunded),
            ("forfeited", report.Forfeited),
            ("closing balance", report.ClosingBalance),
            ("outstanding", report.Outstanding),
            ("  held", report.Held),
            ("  inactive", report.Inactive),
            ("  not started", report.NotStarted),
            ("  expired", report.Expired),
        ];
        var width = amounts.Max(amount => amount.Amount?.Length ?? 0);
        return
        [
            ("from", Cells.Time(report.From)),
            ("as of", Cells.Time(report.AsOf)),
            ("currency", report.Currency),
            ("certificates", Cells.Number(report.Certificates)),
            .. amounts.Select(amount => (amount.Name, amount.Amount?.PadLeft(width))),
        ];
    }
}
