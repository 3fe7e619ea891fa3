using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;

namespace Scrip.Server.Holds;

/// <summary>
/// Computes what overdue holds change when it cannot be written: the certificates and redemptions as the write will leave them. It uses the
/// writer's own rule.
/// </summary>
internal sealed class ForeseenExpiry
{
    private readonly Dictionary<long, (Certificate Before, Certificate After)> certificates;
    private readonly Dictionary<long, Redemption> ended;

    public ForeseenExpiry(LedgerContents overdue, DateTimeOffset now)
    {
        var state = new LedgerState(overdue);
        ExpireHolds.Of(overdue.SiteId).ApplyTo(state, now);
        certificates = state.Updated.ToDictionary(changed => changed.Before.Id);
        ended = state.UpdatedRedemptions.ToDictionary(changed => changed.After.Id, changed => changed.After);
    }

    /// <summary>Whether the timeline of the certificate lacks entries.</summary>
    public bool Concerns(long certificateId) => certificates.ContainsKey(certificateId);

    /// <summary>
    /// Returns the certificate after its overdue holds have ended. A row at another version was written in the meantime, and every write
    /// ends overdue holds.
    /// </summary>
    public CertificateRow Foresee(in CertificateRow row) =>
        certificates.TryGetValue(row.Id, out var changed) && changed.Before.Version == row.Version
            ? row with
            {
                Spent = changed.After.Spent,
                Held = changed.After.Held,
                Version = changed.After.Version,
                UpdatedAt = changed.After.UpdatedAt,
            }
            : row;

    /// <summary>Returns the redemption after its hold has ended.</summary>
    public RedemptionLine Foresee(in RedemptionLine line) =>
        line.State == RedemptionState.Held && ended.TryGetValue(line.Id, out var after)
            ? line with { State = after.State, Balance = after.BalanceAfter }
            : line;
}
