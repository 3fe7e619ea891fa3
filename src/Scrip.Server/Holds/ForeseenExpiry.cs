using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;

namespace Scrip.Server.Holds;

/// <summary>
/// What holds that have run out change, worked out where it cannot be written: the certificates and redemptions as the write will leave
/// them. The rule is the writer's own.
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

    /// <summary>Whether the timeline of a certificate lacks entries.</summary>
    public bool Concerns(long certificateId) => certificates.ContainsKey(certificateId);

    /// <summary>One at another version was written meanwhile, and whatever writes ends what has run out.</summary>
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

    /// <summary>The redemption as it is once its hold has ended.</summary>
    public RedemptionLine Foresee(in RedemptionLine line) =>
        line.State == RedemptionState.Held && ended.TryGetValue(line.Id, out var after)
            ? line with { State = after.State, Balance = after.BalanceAfter }
            : line;
}
