using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;

namespace Scrip.Reporting;

/// <summary><c>scrip redemptions|entries</c>: what has happened.</summary>
internal static class ReportCommands
{
    private static readonly Column<RedemptionResource>[] RedemptionColumns =
    [
        new("id", redemption => Cells.Number(redemption.Id), IsNumber: true),
        new("code", redemption => redemption.Code),
        new("reference", redemption => redemption.Reference),
        new("state", redemption => redemption.State),
        new("amount", redemption => redemption.Amount, IsNumber: true),
        new("captured", redemption => redemption.Captured, IsNumber: true),
        new("refunded", redemption => redemption.Refunded, IsNumber: true),
    ];

    private static readonly Column<EntryResource>[] EntryColumns =
    [
        new("id", entry => Cells.Number(entry.Id), IsNumber: true),
        new("created", entry => Cells.Time(entry.CreatedAt), IsTime: true),
        new("certificate", entry => Cells.Number(entry.CertificateId), IsNumber: true),
        new("kind", entry => entry.Kind),
        new("amount", entry => entry.Amount, IsNumber: true),
        new("balance", entry => entry.BalanceAfter, IsNumber: true),
        new("reference", entry => entry.Reference),
    ];

    public static Command Redemptions()
    {
        var certificate = Arguments.Number("--certificate-id", "id", "Those of this certificate.");
        var code = Arguments.Text("--code", "code", "Those of the certificate with exactly this code.");
        var reference = Arguments.Text("--reference", "text", "Those with exactly this reference.");
        var state = Arguments.Choice("--state", "Those in this state.", "held", "captured", "released", "expired");
        var (after, before) = Created();
        return new Command("redemptions", "List payments.") { certificate, code, reference, state, after, before }
            .TakesLimit()
            .CallsServer((parsed, client, form, cancellation) => Printer.PrintListAsync(
                form,
                client.Redemptions.ListAsync(
                    new RedemptionQuery
                    {
                        CertificateId = parsed.GetValue(certificate),
                        Code = parsed.GetValue(code),
                        Reference = parsed.GetValue(reference),
                        State = parsed.GetValue(state),
                        CreatedAfter = parsed.GetValue(after),
                        CreatedBefore = parsed.GetValue(before),
                    },
                    ListOptions.PageSize(parsed),
                    cancellation),
                PrintedJson.Whole.RedemptionResource,
                RedemptionColumns,
                ListOptions.Limit(parsed),
                cancellation))
            .WithExamples("scrip redemptions --reference ORDER-1001");
    }

    public static Command Entries()
    {
        var certificate = Arguments.Number("--certificate-id", "id", "Those of this certificate.");
        var kind = Arguments.Text("--kind", "kind", "Those of this kind, such as captured.");
        var reference = Arguments.Text("--reference", "text", "Those of redemptions with exactly this reference.");
        var (createdAfter, createdBefore) = Created();
        var after = Arguments.Number("--after", "id", "Those that follow this entry: the last one that you already have.");
        return new Command("entries", "List the journal, in the order in which it was written.")
        {
            certificate, kind, reference, createdAfter, createdBefore, after,
        }
            .TakesLimit()
            .CallsServer((parsed, client, form, cancellation) => Printer.PrintListAsync(
                form,
                client.Entries.ListAsync(
                    new EntryQuery
                    {
                        CertificateId = parsed.GetValue(certificate),
                        Kind = parsed.GetValue(kind),
                        Reference = parsed.GetValue(reference),
                        CreatedAfter = parsed.GetValue(createdAfter),
                        CreatedBefore = parsed.GetValue(createdBefore),
                    },
                    parsed.GetValue(after) ?? 0,
                    ListOptions.PageSize(parsed),
                    cancellation),
                PrintedJson.Whole.EntryResource,
                EntryColumns,
                ListOptions.Limit(parsed),
                cancellation))
            .WithExamples(
                "scrip entries --certificate-id 17",
                "scrip entries --kind captured --created-after 2026-12-01T00:00:00Z --csv > payments.csv");
    }

    private static (Option<DateTimeOffset?> After, Option<DateTimeOffset?> Before) Created() => (
        Arguments.Time("--created-after", "Those later than this."), Arguments.Time("--created-before", "Those earlier than this."));
}
