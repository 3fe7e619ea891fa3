using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Scrip.Tests.Faults.Histories;

/// <summary>
/// One certificate with its redemptions, as a single caller would find it: active, for repeated use, without dates; its holds outlast the
/// history. Two states with the same text are equal.
/// </summary>
internal sealed record CertificateState
{
    private long Value { get; init; }
    private long Spent { get; init; }
    private long Held { get; init; }
    private long Version { get; init; }
    private ImmutableSortedDictionary<long, Part> Parts { get; init; } = ImmutableSortedDictionary<long, Part>.Empty;

    private long Balance => Value - Spent - Held;

    public static CertificateState Of(long value) => new() { Value = value, Version = 1 };

    /// <summary>
    /// Runs a call on this state: returns the response and the state after it. Only the id of a new redemption is the server's choice.
    /// </summary>
    /// <param name="newId">
    /// The id that the response gave to a new redemption; if the response is unknown, an id that no call can name.
    /// </param>
    public (string Answer, CertificateState After) Run(CertificateCall call, long newId) => call.Kind switch
    {
        CallKind.Pay or CallKind.Hold => Begin(call, newId),
        CallKind.Capture or CallKind.CaptureSome => Capture(call.Redemption, call.Amount, isFinal: call.Kind == CallKind.Capture),
        CallKind.Release => Release(call.Redemption),
        CallKind.Refund => Refund(call.Redemption, call.Amount),
        CallKind.SetValue => SetValue(call.Amount),
        CallKind.Read => (Text($"value {Value}, {Spent} spent, {Held} held, version {Version}"), this),
    };

    /// <summary>The id in a response to <see cref="CallKind.Pay"/> or <see cref="CallKind.Hold"/>; 0 in a refusal.</summary>
    public static long IdIn(string answer) =>
        answer.StartsWith('#') ? long.Parse(answer[1..answer.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture) : 0;

    public override string ToString()
    {
        var text = new StringBuilder(Text($"{Value} {Spent} {Held} {Version}"));
        foreach (var (id, part) in Parts)
            text.Append(CultureInfo.InvariantCulture, $" {id}{part}");
        return text.ToString();
    }

    private (string, CertificateState) Begin(CertificateCall call, long newId)
    {
        foreach (var (id, part) in Parts)
        {
            if (part.Reference == call.Reference && part.IsLive)
                return (Text($"duplicate #{id}"), this);
        }
        if (Balance == 0)
            return ("spent", this);
        if (call.Amount > Balance)
            return (Text($"insufficient {Balance}"), this);
        // No server may assign an id that is in use.
        if (Parts.ContainsKey(newId))
            return (Text($"#{newId} is taken"), this);
        return call.Kind == CallKind.Pay
            ? Done(newId, new Part(call.Reference, "captured", call.Amount, call.Amount, 0), this with { Spent = Spent + call.Amount })
            : Done(newId, new Part(call.Reference, "held", call.Amount, 0, 0), this with { Held = Held + call.Amount });
    }

    private (string, CertificateState) Capture(long id, long amount, bool isFinal)
    {
        if (!Parts.TryGetValue(id, out var part))
            return ("unknown", this);
        if (part.State != "held")
            return (Text($"ended {part.State}"), this);
        if (amount > part.Held)
            return (Text($"insufficient {part.Held}"), this);
        var after = part with { Captured = part.Captured + amount };
        var ends = isFinal || after.Held == 0;
        var released = ends ? after.Held : 0;
        return Done(
            id, ends ? after with { State = "captured" } : after,
            this with { Spent = Spent + amount, Held = Held - amount - released });
    }

    private (string, CertificateState) Release(long id)
    {
        if (!Parts.TryGetValue(id, out var part))
            return ("unknown", this);
        return part.State == "held"
            ? Done(id, part with { State = "released" }, this with { Held = Held - part.Held })
            : (Text($"ended {part.State}"), this);
    }

    private (string, CertificateState) Refund(long id, long amount)
    {
        if (!Parts.TryGetValue(id, out var part))
            return ("unknown", this);
        return amount > part.Captured - part.Refunded
            ? (Text($"insufficient {part.Captured - part.Refunded}"), this)
            : Done(id, part with { Refunded = part.Refunded + amount }, this with { Spent = Spent - amount });
    }

    private (string, CertificateState) SetValue(long value)
    {
        if (value < Spent + Held)
            return ("below", this);
        var after = value == Value ? this : this with { Value = value, Version = Version + 1 };
        return (Text($"value {value}, version {after.Version}"), after);
    }

    private (string, CertificateState) Done(long id, Part part, CertificateState moved)
    {
        var after = moved with { Parts = Parts.SetItem(id, part), Version = Version + 1 };
        return (Text($"#{id} {part.State} {part.Captured}-{part.Refunded} of {part.Amount}, {after.Balance} left"), after);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A redemption, or what remains of one after an unknown response.</summary>
    private sealed record Part(string Reference, string State, long Amount, long Captured, long Refunded)
    {
        public long Held => State == "held" ? Amount - Captured : 0;
        public bool IsLive => State == "held" || (State == "captured" && Refunded < Captured);

        public override string ToString() => Text($"{Reference}{State}{Amount}-{Captured}-{Refunded}");
    }
}
