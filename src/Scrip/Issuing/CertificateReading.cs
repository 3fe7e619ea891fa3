using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;
using Scrip.Server.Hosting;

namespace Scrip.Issuing;

/// <summary><c>scrip certificate list|get</c>.</summary>
internal static class CertificateReading
{
    private static readonly Column<CertificateDetailsResource>[] Columns =
    [
        new("id", certificate => Cells.Number(certificate.Id), IsNumber: true),
        new("code", certificate => certificate.Code),
        new("active", certificate => Cells.YesOrNo(certificate.IsActive)),
        new("value", certificate => Cells.Number(certificate.Value), IsNumber: true),
        new("balance", certificate => certificate.Balance, IsNumber: true),
        new("expires", certificate => Cells.Time(certificate.ExpiresAt), IsTime: true),
    ];

    public static Command List()
    {
        var filters = new CertificateFilters();
        var list = new Command("list", "List certificates. With --json and --csv they have all attributes.");
        filters.AddTo(list);
        return list.TakesLimit()
            .CallsServer((parsed, client, form, cancellation) => Printer.PrintListAsync(
                form,
                client.Certificates.ListDetailsAsync(filters.Read(parsed), ListOptions.PageSize(parsed), cancellation),
                PrintedJson.Whole.CertificateDetailsResource,
                Columns,
                ListOptions.Limit(parsed),
                cancellation))
            .WithExamples(
                "scrip certificate list --active yes --value-min 500",
                "scrip certificate list --search 7RPK --json | jq -r '.[].balance'");
    }

    public static Command Get()
    {
        var id = new Argument<long?>("id")
        {
            Description = "The certificate's id.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = argument => Arguments.ParseId(argument),
        };
        var code = Arguments.Text(
            "--code", "code", "The certificate with exactly this code, in place of an id; - reads it from standard input.");
        var get = new Command("get", "Show a certificate with all attributes.") { id, code };
        get.Validators.Add(parsed =>
        {
            if (parsed.GetResult(id)?.Tokens.Count > 0 == parsed.GetResult(code) is not null)
                parsed.AddError("Give either an id or --code.");
        });
        return get
            .CallsServer(async (parsed, client, form, cancellation) =>
            {
                var certificate = parsed.GetValue(code) is { } given
                    ? await FindAsync(client, Arguments.ReadCode(given), cancellation)
                    : await client.Certificates.GetDetailsAsync(parsed.GetValue(id)!.Value, cancellation);
                Printer.PrintOne(form, certificate, PrintedJson.Whole.CertificateDetailsResource);
            })
            .WithExamples("scrip certificate get 17", "scrip certificate get --code 7RPK-2MNT-XXQD-4H7E --json");
    }

    private static async Task<CertificateDetailsResource> FindAsync(ScripClient client, string code, CancellationToken cancellationToken)
    {
        var query = new CertificateQuery { Code = code };
        await foreach (var certificate in client.Certificates.ListDetailsAsync(query, pageSize: 1, cancellationToken))
            return certificate;
        throw new SettingsException("No certificate has this code.");
    }
}
