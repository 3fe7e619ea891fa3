using System.Globalization;

namespace Scrip.Tests.Faults.Histories;

/// <summary>
/// One call about one certificate, with its times and its response. All attempts with the same key are one call, from the first attempt to
/// the first response.
/// </summary>
/// <param name="Sent">The time on a clock that all callers share.</param>
/// <param name="Answered">Null without a response: then the call may have happened at any time after it was sent, or not at all.</param>
internal sealed record RecordedCall(long Sent, long? Answered, CertificateCall Call, string? Answer)
{
    /// <summary>Parses a line like <c>3-8 pay R1 30 => #1 captured 30, 70 left</c>, or <c>3-? pay R1 30 => ?</c>.</summary>
    public static RecordedCall Parse(string line)
    {
        var (head, answer) = Split(line, " => ");
        var (times, call) = Split(head, " ");
        var (sent, answered) = Split(times, "-");
        return answered == "?"
            ? new RecordedCall(Number(sent), null, CertificateCall.Parse(call), null)
            : new RecordedCall(Number(sent), Number(answered), CertificateCall.Parse(call), answer);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Sent}-{Answered?.ToString(CultureInfo.InvariantCulture) ?? "?"} {Call} => {Answer ?? "?"}");

    private static (string Before, string After) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0
            ? throw new ArgumentException($"There is no '{separator}' in: {text}")
            : (text[..at].Trim(), text[(at + separator.Length)..].Trim());
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
