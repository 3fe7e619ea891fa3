using System.CommandLine;
using Scrip.Remote;

namespace Scrip.Issuing;

/// <summary>The options of new certificates.</summary>
internal sealed class TermsOptions
{
    private readonly Option<bool> inactive = Arguments.Flag("--inactive", "Create them switched off.");
    private readonly Option<bool> singleUse = Arguments.Flag("--single-use", "The first payment spends the whole certificate.");
    private readonly Option<string?> note = Arguments.Text("--note", "text", "A note for people.");
    private readonly Option<string?> batch = Arguments.Text("--batch", "name", "The name of their batch.");

    private readonly Option<string?> startsAt = Arguments.Text(
        "--starts-at", "time", "When they can be spent from: a date, or a time like 2027-01-01T00:00:00Z.");

    private readonly Option<string?> expiresAt = Arguments.Text(
        "--expires-at", "time", "When they expire: a date, which is their last day, or a time.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { startsAt, expiresAt, singleUse, inactive, note, batch })
            command.Add(option);
    }

    public string? StartsAt(ParseResult parsed) => parsed.GetValue(startsAt);

    public string? ExpiresAt(ParseResult parsed) => parsed.GetValue(expiresAt);

    public bool? SingleUse(ParseResult parsed) => parsed.GetValue(singleUse) ? true : null;

    public bool? IsActive(ParseResult parsed) => parsed.GetValue(inactive) ? false : null;

    public string? Note(ParseResult parsed) => parsed.GetValue(note);

    public string? Batch(ParseResult parsed) => parsed.GetValue(batch);
}
