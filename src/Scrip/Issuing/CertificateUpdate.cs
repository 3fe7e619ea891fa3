using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;

namespace Scrip.Issuing;

/// <summary><c>scrip certificate update</c>. What no option names stays as it is.</summary>
internal static class CertificateUpdate
{
    private const string Remove = "none";

    public static Command Create()
    {
        var id = Arguments.Id("The certificate's id.");
        var code = Arguments.Text("--code", "code", "The new code.");
        var active = Arguments.YesOrNo("--active", "Switch it on or off.");
        var value = Arguments.Number("--value", "units", "The new face value, in whole units of the currency.");
        var startsAt = Arguments.Text("--starts-at", "time", "A date or a time, or none.");
        var expiresAt = Arguments.Text("--expires-at", "time", "A date, which is its last day, or a time, or none.");
        var singleUse = Arguments.YesOrNo("--single-use", "Whether the first payment spends the whole certificate.");
        var note = Arguments.Text("--note", "text", "The new note, or none.");
        var version = Arguments.Number("--if-version", "version", "Change it only if this is its version.");
        Option[] changes = [code, active, value, startsAt, expiresAt, singleUse, note];
        var update = new Command("update", "Change a certificate. What no option names stays as it is.") { id };
        foreach (var option in changes)
            update.Add(option);
        update.Add(version);
        update.Validators.Add(parsed =>
        {
            if (changes.All(option => parsed.GetResult(option) is null))
                parsed.AddError("Say what to change.");
        });
        return update.TakesKey()
            .CallsServer(async (parsed, client, form, cancellation) =>
            {
                var change = new CertificatePatchRequest(
                    parsed.GetValue(code), Arguments.IsYes(parsed.GetValue(active)), parsed.GetValue(value),
                    StartsAt: Change(startsAt), ExpiresAt: Change(expiresAt),
                    SingleUse: Arguments.IsYes(parsed.GetValue(singleUse)), Note: Change(note));
                var ifMatch = parsed.GetValue(version) is { } known ? $"\"{known}\"" : null;
                var changed = await client.Certificates.PatchAsync(
                    parsed.GetValue(id), change, ifMatch, KeyOption.Read(parsed), cancellation);
                Printer.PrintOne(form, changed.Certificate, PrintedJson.Whole.CertificateResource);

                TextChange? Change(Option<string?> option) =>
                    parsed.GetValue(option) is { } text ? new TextChange(text == Remove ? null : text) : null;
            })
            .WithExamples("scrip certificate update 17 --active no", "scrip certificate update 17 --expires-at none --if-version 3");
    }
}
