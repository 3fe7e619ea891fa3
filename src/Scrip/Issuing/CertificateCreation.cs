using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;

namespace Scrip.Issuing;

/// <summary><c>scrip certificate create|generate</c>.</summary>
internal static class CertificateCreation
{
    private static readonly Column<CertificateResource>[] Columns =
    [
        new("id", certificate => Cells.Number(certificate.Id), IsNumber: true),
        new("code", certificate => certificate.Code),
        new("active", certificate => Cells.YesOrNo(certificate.IsActive)),
        new("value", certificate => Cells.Number(certificate.Value), IsNumber: true),
    ];

    public static Command CreateOnes()
    {
        var codes = new Argument<string[]>("code") { Description = "The codes.", Arity = ArgumentArity.OneOrMore };
        var value = Value();
        var terms = new TermsOptions();
        var create = new Command("create", "Create certificates with the given codes: all of them or none.") { codes, value };
        terms.AddTo(create);
        return create.TakesKey()
            .CallsServer(async (parsed, client, form, cancellation) =>
            {
                var request = parsed.GetRequiredValue(codes)
                    .Select(code => new NewCertificateRequest(
                        code, terms.IsActive(parsed), parsed.GetRequiredValue(value), terms.StartsAt(parsed), terms.ExpiresAt(parsed),
                        terms.SingleUse(parsed), terms.Note(parsed)))
                    .ToList();
                var created = await client.Certificates.BulkCreateAsync(
                    request, terms.Batch(parsed), KeyOption.Read(parsed), cancellation);
                await PrintAsync(created, form, cancellation);
            })
            .WithExamples("scrip certificate create SPRING-001 SPRING-002 --value 500 --expires-at 2027-12-31");
    }

    public static Command Generate()
    {
        var count = Arguments.Number("--count", "number", "How many, up to 100000.");
        count.Required = true;
        var value = Value();
        var pattern = Arguments.Text(
            "--pattern", "text", "Their form: # is a random character, ? the check character. By default ####-####-####-###?.");
        var alphabet = Arguments.Choice(
            "--alphabet", "The random characters. By default base32, without letters that people mix up.", "base32", "digits");
        var terms = new TermsOptions();
        var generate = new Command("generate", "Create certificates with random codes: all of them or none.")
        {
            count, value, pattern, alphabet,
        };
        terms.AddTo(generate);
        return generate.TakesKey()
            .CallsServer(async (parsed, client, form, cancellation) =>
            {
                var request = new GenerationRequest(
                    parsed.GetValue(count)!.Value, parsed.GetRequiredValue(value), parsed.GetValue(pattern), parsed.GetValue(alphabet),
                    terms.Batch(parsed), terms.IsActive(parsed), terms.StartsAt(parsed), terms.ExpiresAt(parsed), terms.SingleUse(parsed),
                    terms.Note(parsed));
                var created = await client.Certificates.GenerateAsync(request, KeyOption.Read(parsed), cancellation);
                await PrintAsync(created, form, cancellation);
            })
            .WithExamples(
                "scrip certificate generate --count 500 --value 500 --batch 'Christmas 2026' --expires-at 2027-12-31",
                "scrip certificate generate --count 500 --value 500 --csv > codes.csv");
    }

    private static Option<long> Value()
    {
        var value = new Option<long>("--value")
        {
            Description = "The face value of each, in whole units of the currency.",
            HelpName = "units",
            Required = true,
        };
        value.CustomParser = argument => Arguments.ParseNumber("--value", argument);
        return value;
    }

    private static async Task PrintAsync(NewCertificates created, OutputForm form, CancellationToken cancellationToken)
    {
        await Printer.PrintListAsync(
            form, created.Certificates.ToAsyncEnumerable(), PrintedJson.Whole.CertificateResource, Columns, limit: null, cancellationToken);
        if (created.BatchId is { } batch)
            ErrorLine.Write($"They are batch {batch}.");
    }
}
