using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;

namespace Scrip.Paying;

/// <summary><c>scrip check|redeem|hold|capture|release|refund</c>.</summary>
internal static class PaymentCommands
{
    public static Command Check()
    {
        var code = new Argument<string>("code") { Description = "The code; - reads it from standard input." };
        var amount = Arguments.Text("--amount", "decimal", "What it is to pay, such as 149.90. By default any amount.");
        var customer = Customer();
        return new Command("check", "Say whether a certificate could pay. Nothing changes.") { code, amount, customer }
            .CallsServer(async (parsed, client, form, cancellation) =>
            {
                var request = new CodeCheckRequest(
                    Arguments.ReadCode(parsed.GetRequiredValue(code)), parsed.GetValue(amount), parsed.GetValue(customer));
                Printer.PrintOne(
                    form, await client.Redemptions.CheckAsync(request, cancellation), PrintedJson.Whole.CodeCheckResource);
            })
            .WithExamples("scrip check 7RPK-2MNT-XXQD-4H7E --amount 149.90");
    }

    public static Command Redeem() => Payment("redeem", "Pay with a certificate.", isHold: false)
        .WithExamples(
            "scrip redeem 7RPK-2MNT-XXQD-4H7E --amount 149.90 --reference ORDER-1001",
            "scrip redeem - --amount 149.90 --reference ORDER-1001 --key order-1001-attempt-1 < code.txt");

    public static Command Hold() => Payment("hold", "Set an amount aside for an order, to be captured later.", isHold: true)
        .WithExamples("scrip hold 7RPK-2MNT-XXQD-4H7E --amount 149.90 --reference ORDER-1001 --hold-expires-at 2026-12-24T18:00:00Z");

    public static Command Capture()
    {
        var id = OfRedemption();
        var amount = Arguments.Text("--amount", "decimal", "How much. By default all that is held.");
        var keeps = Arguments.Flag("--keep-rest", "Keep the rest held for a later capture, in place of releasing it.");
        return new Command("capture", "Spend what is held.") { id, amount, keeps }
            .Operates((parsed, client, key, cancellation) => client.Redemptions.CaptureAsync(
                parsed.GetValue(id), new CaptureRequest(parsed.GetValue(amount), parsed.GetValue(keeps) ? false : null), key, cancellation))
            .WithExamples("scrip capture 12 --amount 100.00");
    }

    public static Command Release()
    {
        var id = OfRedemption();
        return new Command("release", "Return what is held to the certificate.") { id }
            .Operates((parsed, client, key, cancellation) => client.Redemptions.ReleaseAsync(parsed.GetValue(id), key, cancellation))
            .WithExamples("scrip release 12");
    }

    public static Command Refund()
    {
        var id = OfRedemption();
        var amount = Arguments.Text("--amount", "decimal", "How much. By default all that was spent and not yet refunded.");
        var reason = Arguments.Text("--reason", "text", "Why, for the journal.");
        return new Command("refund", "Return what was spent to the certificate.") { id, amount, reason }
            .Operates((parsed, client, key, cancellation) => client.Redemptions.RefundAsync(
                parsed.GetValue(id), new RefundRequest(parsed.GetValue(amount), parsed.GetValue(reason)), key, cancellation))
            .WithExamples("scrip refund 12 --amount 49.90 --reason 'One item came back'");
    }

    private static Command Payment(string name, string description, bool isHold)
    {
        var code = new Argument<string?>("code")
        {
            Description = "The code; - reads it from standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var certificate = Arguments.Number("--certificate-id", "id", "The certificate, in place of its code.");
        var amount = Arguments.Text("--amount", "decimal", "How much, such as 149.90. By default the whole balance.");
        var reference = Arguments.Text("--reference", "text", "The shop's name for what is paid, such as its order number.");
        reference.Required = true;
        var partial = Arguments.Flag("--allow-partial", "If the balance is less than the amount, take the balance.");
        var customer = Customer();
        var end = Arguments.Time("--hold-expires-at", "When the hold ends. By default in seven days.");
        var command = new Command(name, description) { code, certificate, amount, reference, partial, customer };
        if (isHold)
            command.Add(end);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(code)?.Tokens.Count > 0 == parsed.GetResult(certificate) is not null)
                parsed.AddError("Give either a code or --certificate-id.");
        });
        return command.Operates((parsed, client, key, cancellation) => client.Redemptions.RedeemAsync(
            new RedemptionRequest
            {
                Code = parsed.GetValue(code) is { } given ? Arguments.ReadCode(given) : null,
                CertificateId = parsed.GetValue(certificate),
                Amount = parsed.GetValue(amount),
                Reference = parsed.GetRequiredValue(reference)!,
                Capture = isHold ? false : null,
                HoldExpiresAt = isHold ? parsed.GetValue(end) : null,
                AllowPartial = parsed.GetValue(partial) ? true : null,
                Customer = parsed.GetValue(customer),
            },
            key,
            cancellation));
    }

    private static Command Operates(
        this Command command, Func<ParseResult, ScripClient, string, CancellationToken, Task<RedemptionResource>> operation) =>
        command.TakesKey().CallsServer(async (parsed, client, form, cancellation) =>
        {
            var redemption = await operation(parsed, client, KeyOption.Read(parsed), cancellation);
            Printer.PrintOne(form, redemption, PrintedJson.Whole.RedemptionResource);
        });

    private static Argument<long> OfRedemption() => Arguments.Id("The redemption's id.");

    private static Option<string?> Customer() =>
        Arguments.Text("--customer", "text", "Who typed the code, for the budget of wrong codes.");
}
