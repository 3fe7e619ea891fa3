using System.Globalization;

namespace Scrip.Tests.Faults.Histories;

internal enum CallKind
{
    Pay,
    Hold,
    Capture,
    CaptureSome,
    Release,
    Refund,
    SetValue,
    Read,
}

/// <summary>
/// A call about a certificate, with amounts in minor units: <c>pay R1 30</c>, <c>hold R1 30</c>, <c>capture #1 30</c> (and release the
/// rest), <c>capture-some #1 30</c> (and keep the rest), <c>release #1</c>, <c>refund #1 30</c>, <c>set-value 100</c>, <c>read</c>.
/// </summary>
/// <param name="Reference">The reference of a payment or a hold.</param>
/// <param name="Redemption">The redemption that a later step is about.</param>
internal readonly record struct CertificateCall(CallKind Kind, string Reference, long Redemption, long Amount)
{
    private static readonly (CallKind Kind, string Name)[] Names =
    [
        (CallKind.Pay, "pay"), (CallKind.Hold, "hold"), (CallKind.Capture, "capture"), (CallKind.CaptureSome, "capture-some"),
        (CallKind.Release, "release"), (CallKind.Refund, "refund"), (CallKind.SetValue, "set-value"), (CallKind.Read, "read"),
    ];

    public static CertificateCall Parse(string text)
    {
        var words = text.Split(' ');
        var kind = Names.Single(name => name.Name == words[0]).Kind;
        return new CertificateCall(
            kind,
            kind is CallKind.Pay or CallKind.Hold ? words[1] : "",
            words.Where(word => word.StartsWith('#')).Select(word => Number(word[1..])).SingleOrDefault(),
            words.Length > 1 && char.IsAsciiDigit(words[^1][0]) ? Number(words[^1]) : 0);
    }

    public override string ToString()
    {
        var name = Names[(int)Kind].Name;
        return Kind switch
        {
            CallKind.Pay or CallKind.Hold => string.Create(CultureInfo.InvariantCulture, $"{name} {Reference} {Amount}"),
            CallKind.Capture or CallKind.CaptureSome or CallKind.Refund =>
                string.Create(CultureInfo.InvariantCulture, $"{name} #{Redemption} {Amount}"),
            CallKind.Release => string.Create(CultureInfo.InvariantCulture, $"{name} #{Redemption}"),
            CallKind.SetValue => string.Create(CultureInfo.InvariantCulture, $"{name} {Amount}"),
            CallKind.Read => name,
        };
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
