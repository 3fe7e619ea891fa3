using System.Globalization;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

internal sealed partial class PlainModel
{
    private readonly SortedDictionary<long, Payment> payments = [];

    public IEnumerable<string> Redemptions => payments.Select(payment => Text(payment.Key, payment.Value));

    private string Redeem(RedeemCertificate redeem)
    {
        if (redeem.HoldExpiresAt is { } end && (end <= now || end > now.AddDays(31)))
            return "HoldExpiryOutOfRange";
        if (IdOf(redeem) is not { } id)
            return "NotFound";
        var row = rows[id];
        foreach (var (other, payment) in payments)
        {
            if ((payment.CertificateId, payment.Reference) == (id, redeem.Reference) && payment.PaysForItsReference)
                return $"DuplicateReference {other}";
        }
        if (!row.IsActive)
            return "Inactive";
        if (now < row.StartsAt)
            return "NotStarted";
        if (now >= row.ExpiresAt)
            return "Expired";
        if (row.Balance == 0)
            return "Spent";
        if (redeem.Amount > row.Balance && !redeem.AllowPartial)
            return $"InsufficientBalance {row.Balance}";

        var amount = redeem.Amount is { } wanted && wanted < row.Balance ? wanted : row.Balance;
        var made = new Payment(id, redeem.Reference, redeem.Capture ? "Captured" : "Held", amount)
        {
            Captured = redeem.Capture ? amount : 0,
            Until = redeem.Capture ? null : redeem.HoldExpiresAt ?? now.AddDays(7),
        };
        return Done(
            payments.Count + 1, made,
            redeem.Capture
                ? Forfeit(row with { Spent = row.Spent + amount }, payments.Count + 1, released: 0, payments.Count + 1)
                : row with { Held = row.Held + amount });
    }

    private string Capture(CaptureHold capture)
    {
        if (!payments.TryGetValue(capture.RedemptionId, out var payment))
            return "NotFound";
        if (payment.State != "Held")
            return $"HoldEnded {payment.State}";
        var amount = capture.Amount ?? payment.Held;
        if (amount > payment.Held)
            return $"InsufficientBalance {payment.Held}";
        var row = rows[payment.CertificateId];
        var rest = payment.Held - amount;
        var released = capture.IsFinal ? rest : 0;
        return Done(
            capture.RedemptionId,
            payment with { Captured = payment.Captured + amount, State = capture.IsFinal || rest == 0 ? "Captured" : "Held" },
            Forfeit(
                row with { Spent = row.Spent + amount, Held = row.Held - amount - released }, capture.RedemptionId, released, payments.Count));
    }

    private string Release(ReleaseHold release)
    {
        if (!payments.TryGetValue(release.RedemptionId, out var payment))
            return "NotFound";
        return payment.State == "Held" ? End(release.RedemptionId, payment, "Released") : $"HoldEnded {payment.State}";
    }

    private string Extend(ExtendHold extend)
    {
        if (extend.HoldExpiresAt <= now || extend.HoldExpiresAt > now.AddDays(31))
            return "HoldExpiryOutOfRange";
        if (!payments.TryGetValue(extend.RedemptionId, out var payment))
            return "NotFound";
        if (payment.State != "Held")
            return $"HoldEnded {payment.State}";
        return payment.Until == extend.HoldExpiresAt
            ? Text(extend.RedemptionId, payment)
            : Done(extend.RedemptionId, payment with { Until = extend.HoldExpiresAt }, rows[payment.CertificateId]);
    }

    private string Refund(RefundRedemption refund)
    {
        if (!payments.TryGetValue(refund.RedemptionId, out var payment))
            return "NotFound";
        var most = payment.Captured - payment.Refunded;
        var amount = refund.Amount ?? most;
        if (amount > most || amount == 0)
            return $"InsufficientBalance {most}";
        var row = rows[payment.CertificateId];
        return Done(refund.RedemptionId, payment with { Refunded = payment.Refunded + amount }, row with { Spent = row.Spent - amount });
    }

    private void EndHolds()
    {
        var over = payments.Where(payment => payment.Value.State == "Held" && payment.Value.Until <= now);
        foreach (var (id, payment) in over.OrderBy(payment => payment.Value.Until).ToList())
            End(id, payment, "Expired");
    }

    /// <summary>Forfeits what a single-use certificate gets back from an order that began before a capture spent it.</summary>
    private string End(long id, Payment payment, string state)
    {
        var row = rows[payment.CertificateId];
        var isForfeited = row.SingleUse && id <= row.SpentAt;
        return Done(
            id, payment with { State = state },
            row with { Held = row.Held - payment.Held, Spent = isForfeited ? row.Spent + payment.Held : row.Spent });
    }

    private static Row Forfeit(Row row, long id, long released, long lastId) => row switch
    {
        { SingleUse: false } => row,
        _ when id <= row.SpentAt => row with { Spent = row.Spent + released },
        _ => row with { Spent = row.Spent + row.Balance, SpentAt = lastId },
    };

    private string Done(long id, Payment payment, Row row)
    {
        rows[payment.CertificateId] = Changed(row);
        payments[id] = payment with { BalanceAfter = row.Balance };
        return Text(id, payments[id]);
    }

    private long? IdOf(RedeemCertificate redeem)
    {
        if (redeem.CertificateId is { } id)
            return rows.ContainsKey(id) ? id : null;
        var given = redeem.Code!.Value.Text;
        var exact = rows.Where(row => row.Value.Code == given).ToList();
        var alike = rows.Where(row => Loose(row.Value.Code) == Loose(given) && Loose(given).Length > 0).ToList();
        return exact.Count == 1 ? exact[0].Key : alike.Count == 1 ? alike[0].Key : null;
    }

    private static string Loose(string code) =>
        code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private string Text(long id, Payment payment)
    {
        var until = payment.Until is { } end ? $" until {(end - Instants.Start).TotalSeconds.ToString(CultureInfo.InvariantCulture)}" : "";
        return $"{payment.State} {id}:{payment.Reference} of {payment.CertificateId}:{rows[payment.CertificateId].Code} "
            + $"{payment.Amount}-{payment.Captured}+{payment.Refunded} balance {payment.BalanceAfter}{until}";
    }

    private sealed record Payment(long CertificateId, string Reference, string State, long Amount)
    {
        public long Captured { get; init; }
        public long Refunded { get; init; }
        public long BalanceAfter { get; init; }
        public DateTimeOffset? Until { get; init; }
        public long Held => State == "Held" ? Amount - Captured : 0;
        public bool PaysForItsReference => Held > 0 || (State == "Captured" && Captured != Refunded);
    }
}
