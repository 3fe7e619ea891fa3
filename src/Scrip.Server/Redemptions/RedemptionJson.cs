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
        ("id", (json, in redemption, _) => json.WriteNumberValue(redemption.Id)),
        ("certificate_id", (json, in redemption, _) => json.WriteNumberValue(redemption.CertificateId)),
        ("code", (json, in redemption, _) => json.WriteStringValue(codeText(redemption.Code))),
        ("reference", (json, in redemption, _) => json.WriteStringValue(redemption.Reference)),
        ("state", (json, in redemption, _) => json.WriteStringValue(NameOf(redemption.State))),
        ("amount", (json, in redemption, currency) => json.WriteStringValue(Amounts.Text(redemption.Amount, currency))),
        ("captured", (json, in redemption, currency) => json.WriteStringValue(Amounts.Text(redemption.Captured, currency))),
        ("refunded", (json, in redemption, currency) => json.WriteStringValue(Amounts.Text(redemption.Refunded, currency))),
        ("balance", (json, in redemption, currency) => json.WriteStringValue(Amounts.Text(redemption.Balance, currency))),
        ("created_at", (json, in redemption, _) => json.WriteInstant(redemption.CreatedAt)),
        ("hold_expires_at", (json, in redemption, _) => json.WriteInstant(redemption.HoldExpiresAt)));
}
