using System.Globalization;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>Writes redemptions of one site as JSON.</summary>
internal static class RedemptionJson
{
    private static readonly (RedemptionState State, string Name)[] States =
    [
        (RedemptionState.Held, "held"),
        (RedemptionState.Captured, "captured"),
        (RedemptionState.Released, "released"),
        (RedemptionState.Expired, "expired"),
    ];

    public static IEnumerable<string> StateNames => States.Select(known => known.Name);

    /// <exception cref="StorageException">A newer version stored a state that this one does not know.</exception>
    public static string NameOf(RedemptionState state)
    {
        foreach (var (known, name) in States)
        {
            if (known == state)
                return name;
        }
        throw StorageException.NotUnderstood(string.Create(CultureInfo.InvariantCulture, $"the state {(int)state} of a redemption"));
    }

    public static RedemptionState? StateNamed(string name)
    {
        foreach (var (state, known) in States)
        {
            if (known == name)
                return state;
        }
        return null;
    }

    private static readonly Attributes<RedemptionLine> WithCode = With(code => code.Text);

    private static readonly Attributes<RedemptionLine> WithMaskedCode = With(code => MaskedCode.Of(code.Text));

    /// <param name="showsCode">Whether the code is written in full.</param>
    public static Attributes<RedemptionLine> AttributesWith(bool showsCode) => showsCode ? WithCode : WithMaskedCode;

    private static Attributes<RedemptionLine> With(Func<CertificateCode, string> codeText) => new(
        Attribute<RedemptionLine>.Number("id", (in redemption) => redemption.Id),
        Attribute<RedemptionLine>.Number("certificate_id", (in redemption) => redemption.CertificateId),
        Attribute<RedemptionLine>.Text("code", (in redemption) => codeText(redemption.Code)),
        Attribute<RedemptionLine>.Text("reference", (in redemption) => redemption.Reference),
        Attribute<RedemptionLine>.Text("state", (in redemption) => NameOf(redemption.State)),
        Attribute<RedemptionLine>.Amount("amount", (in redemption) => redemption.Amount),
        Attribute<RedemptionLine>.Amount("captured", (in redemption) => redemption.Captured),
        Attribute<RedemptionLine>.Amount("refunded", (in redemption) => redemption.Refunded),
        Attribute<RedemptionLine>.Amount("balance", (in redemption) => redemption.Balance),
        Attribute<RedemptionLine>.Instant("created_at", (in redemption) => redemption.CreatedAt),
        Attribute<RedemptionLine>.Instant("hold_expires_at", (in redemption) => redemption.HoldExpiresAt));
}
